// Unpacks Plotly and draws each surface; everything it needs is in this page.
(async () => {
  'use strict';
  const root = document.documentElement;
  const style = name => getComputedStyle(root).getPropertyValue(name).trim();
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const colour = css => css.startsWith('var(') ? style(css.slice(4, -1)) : css;
  const figures = [...document.querySelectorAll('figure.surface')].map(figure => ({
    scene: figure.querySelector('.scene'),
    data: JSON.parse(figure.querySelector('[data-kind=surface]').textContent)
  }));
  const fail = reason => figures.forEach(({scene}) => {
    scene.querySelector('p').textContent = 'This browser cannot draw the surface: ' + reason;
  });

  const unpack = async () => {
    const packed = Uint8Array.from(atob(document.getElementById('plotly').textContent), c => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    const script = document.createElement('script');
    script.textContent = await new Response(stream).text();
    document.head.append(script);
  };

  const axis = title => ({
    title: {text: title}, color: style('--soft'), gridcolor: style('--rule'), zerolinecolor: style('--rule'),
    showspikes: false, backgroundcolor: style('--card')
  });
  const layout = data => ({
    paper_bgcolor: 'rgba(0,0,0,0)', margin: {l: 0, r: 0, t: 0, b: 0}, showlegend: false,
    font: {family: getComputedStyle(document.body).fontFamily, size: 11, color: style('--soft')},
    hoverlabel: {bgcolor: style('--card'), font: {color: style('--ink')}},
    uirevision: 'kept', modebar: {bgcolor: 'rgba(0,0,0,0)', color: style('--soft'), activecolor: style('--ink')},
    scene: {
      xaxis: axis(data.across), yaxis: axis(data.upwards),
      zaxis: {...axis(data.title), tickvals: data.tickAt, ticktext: data.tickText},
      camera: {eye: {x: -1.25, y: -1.45, z: 1.0}, center: {x: 0, y: 0, z: -0.15}}, aspectratio: {x: 1.1, y: 1.1, z: 0.75}
    }
  });
  // The value that stands at a share of the height; the inverse of Heights.share.
  const value = (data, share) => data.floor + (data.unit === undefined
    ? share * (data.top - data.floor)
    : data.unit * Math.expm1(share * Math.log1p((data.top - data.floor) / data.unit)));
  const texts = data => data.shares.map(row => row.map(share =>
    share === null ? '' : String(Number(value(data, share).toPrecision(3)))));
  const surface = data => ({
    type: 'surface', x: data.x, y: data.y, z: data.shares, text: texts(data), showscale: false,
    hovertemplate: '%{x:.4~g}, %{y:.4~g}: %{text}<extra></extra>',
    colorscale: dark.matches ? [[0, '#31465a'], [1, '#6f8496']] : [[0, '#8fb0c8'], [0.5, '#c9d8e2'], [1, '#faf9f6']],
    cmin: 0, cmax: 1,
    lighting: {ambient: 0.75, diffuse: 0.5, specular: 0.05, roughness: 0.9},
    contours: {z: {show: true, color: '#7d93a3', width: 1, start: 0, end: 1, size: 0.0625}}
  });
  // Plotly takes some markup and places for numbers in texts; a name is a name.
  const plain = name => name.replace(/[<>&%]/g, ' ');
  const ways = data => (data.tracks || []).flatMap(track => {
    const shared = {type: 'scatter3d', hovertemplate: plain(track.name) + '<extra></extra>'};
    return [
      {...shared, x: track.x, y: track.y, z: track.z, mode: 'lines',
        line: {color: colour(track.hue), width: 5, dash: track.dashed ? 'dash' : 'solid'}},
      {...shared, ...end(track, track.x.length), mode: 'markers', marker: {color: colour(track.hue), size: 4}}
    ];
  });
  // The last place that a track has among its first points.
  const end = (track, points) => {
    let last = Math.min(points, track.x.length) - 1;
    while (last > 0 && track.x[last] === null) last--;
    const pick = values => last < 0 ? [] : [values[last]];
    return {x: pick(track.x), y: pick(track.y), z: pick(track.z)};
  };

  const draw = ({scene, data}) => Plotly.react(scene, [surface(data), ...ways(data)], layout(data),
    {displaylogo: false, responsive: true, modeBarButtonsToRemove: ['resetCameraLastSave3d', 'tableRotation']});
  const show = ({scene, data}, frame) => {
    const update = {x: [], y: [], z: []};
    for (const track of data.tracks || []) {
      const points = frame + 1;
      const last = end(track, points);
      for (const axis of ['x', 'y', 'z']) update[axis].push(track[axis].slice(0, points), last[axis]);
    }
    const traces = update.x.map((_, i) => i + 1);
    return traces.length ? Plotly.restyle(scene, update, traces) : Promise.resolve();
  };

  try {
    await unpack();
    if (!document.createElement('canvas').getContext('webgl')) throw new Error('there is no WebGL.');
    for (const figure of figures) {
      figure.scene.replaceChildren();
      await draw(figure);
    }
  } catch (reason) {
    fail(reason.message);
    return;
  }
  // A frame is shown when the one before it is drawn; those that come in between are left out.
  let wanted = null;
  let busy = false;
  const follow = async frame => {
    wanted = frame;
    if (busy) return;
    busy = true;
    while (wanted !== null) {
      const next = wanted;
      wanted = null;
      await Promise.all(figures.map(figure => show(figure, next)));
      await new Promise(requestAnimationFrame);
    }
    busy = false;
  };
  document.addEventListener('thalweg-frame', event => follow(event.detail));
  dark.addEventListener('change', () => figures.forEach(draw));
})();
