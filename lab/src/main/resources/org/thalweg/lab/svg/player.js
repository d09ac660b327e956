// Lets the ways on maps, the lines of charts and, through an event, the ways on surfaces grow frame by frame.
(() => {
  'use strict';
  const player = document.querySelector('.player');
  const frames = JSON.parse(player.querySelector('[data-kind=frames]').textContent);
  const slider = player.querySelector('input');
  const output = player.querySelector('output');
  const play = player.querySelector('[data-does=play]');
  const last = frames.length - 1;

  const lines = [...document.querySelectorAll('.map path.grows, .curves svg[role=img] path.line')].map(path => {
    const points = path.getAttribute('d').slice(1).split('L');
    const head = path.nextElementSibling;
    return {path, points, head: head && head.classList.contains('head') ? head : null};
  });

  const show = frame => {
    for (const {path, points, head} of lines) {
      const shown = points.slice(0, frame + 1);
      path.setAttribute('d', 'M' + shown.join('L'));
      if (head) {
        const [x, y] = shown[shown.length - 1].split(' ');
        head.setAttribute('cx', x);
        head.setAttribute('cy', y);
      }
    }
    slider.value = frame;
    output.textContent = `step ${frames[frame].toLocaleString('en')} of ${frames[last].toLocaleString('en')}`;
    document.dispatchEvent(new CustomEvent('thalweg-frame', {detail: frame}));
  };

  // The whole way in some ten seconds, however many steps it has.
  const pace = Math.min(25, Math.max(2, frames.length / 10));
  let started = null;
  const current = () => Number(slider.value);
  const stop = () => {
    started = null;
    play.textContent = '▶ Play';
  };
  const tick = now => {
    if (started === null) return;
    const frame = Math.min(last, started.frame + Math.floor((now - started.at) / 1000 * pace * started.stride));
    if (frame !== current()) show(frame);
    if (frame === last) stop();
    else requestAnimationFrame(tick);
  };
  const start = () => {
    if (current() === last) show(0);
    started = {frame: current(), at: performance.now(), stride: Math.max(1, frames.length / 10 / pace)};
    play.textContent = '❚❚ Pause';
    requestAnimationFrame(tick);
  };
  const step = by => {
    stop();
    show(Math.min(last, Math.max(0, current() + by)));
  };

  play.addEventListener('click', () => started === null ? start() : stop());
  player.querySelector('[data-does=back]').addEventListener('click', () => step(-1));
  player.querySelector('[data-does=on]').addEventListener('click', () => step(1));
  slider.addEventListener('input', () => {
    stop();
    show(current());
  });
  player.hidden = false;
  show(last);
})();
