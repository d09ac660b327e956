// The live page: what is shown stands in the address, what changes comes as events.
import {Charts, colour, sign} from './charts.js';
import {RunList, newestFirst, showClaims} from './runs.js';

const MOST_RUNS = 12;
const RETRY_MILLIS = 2000;
const byId = id => document.getElementById(id);

const curves = new Map();
const charts = new Charts(byId('charts'));
const list = new RunList(select);
let source = null;
let retry = 0;
let watched = null;

// What is shown: as the address says, or without a word there, the newest run.
const view = new URLSearchParams(location.search);
const chosen = () => view.getAll('run').slice(0, MOST_RUNS);
const shown = () => {
  if (view.has('run')) return chosen();
  const newest = [...list.cards.values()].sort(newestFirst)[0];
  return newest ? [newest.name] : [];
};
const options = () => ({
  across: ['step', 'epoch', 'time'].includes(view.get('x')) ? view.get('x') : 'step',
  smoothing: Math.min(100, Math.max(0, Number(view.get('smoothing')) || 0)),
  log: view.get('log') === '1'
});

function remember() {
  const query = view.toString();
  history.replaceState(null, '', query ? `?${query}` : location.pathname);
}

function select(name, on) {
  const now = shown().filter(run => run !== name);
  if (on && now.length === MOST_RUNS) {
    note(`At most ${MOST_RUNS} runs are compared: take one away first.`);
    list.tick(shown());
    return;
  }
  view.delete('run');
  (on ? [...now, name] : now).forEach(run => view.append('run', run));
  remember();
  note('');
  refresh();
}

function set(key, value, usual) {
  if (value === usual) view.delete(key); else view.set(key, value);
  remember();
  draw();
}

function note(words) {
  byId('note').textContent = words;
}

/** Follows the runs that are shown, and draws what is known of them. */
function refresh() {
  const runs = shown();
  list.tick(runs);
  if (JSON.stringify(runs) !== watched) connect(runs);
  draw();
}

function draw() {
  const now = options();
  document.querySelectorAll('input[name=x]').forEach(radio => { radio.checked = radio.value === now.across; });
  byId('smoothing').value = now.smoothing;
  byId('smoothed').textContent = now.smoothing ? `${now.smoothing} %` : 'off';
  byId('log').checked = now.log;
  byId('clear').hidden = !view.has('run');
  const runs = shown();
  legend(runs);
  charts.show(runs.map((name, index) => ({name, index, curves: curves.get(name) ?? []})), now);
}

function legend(runs) {
  byId('legend').replaceChildren(...runs.map((name, index) => {
    const item = document.createElement('li');
    item.dataset.run = name;
    const mark = document.createElement('b');
    mark.style.color = colour(index);
    mark.textContent = `━${sign(index)}━`;
    const words = document.createElement('span');
    words.textContent = name;
    const numbers = document.createElement('span');
    numbers.className = 'numbers';
    numbers.textContent = describe(name);
    item.append(mark, words, numbers);
    return item;
  }));
}

function describe(name) {
  const card = list.cards.get(name);
  if (curves.get(name) === null || !card) return list.cards.size ? 'is not among the runs' : '';
  const parts = [card.step ? `step ${card.step.toLocaleString('en')}` : 'no step yet'];
  if (typeof card.loss === 'number') parts.push(`loss ${Number(card.loss.toPrecision(4))}`);
  if (card.best) parts.push(`best ${card.best.measure} ${card.best.text}`);
  return parts.join(', ');
}

function connect(runs) {
  source?.close();
  clearTimeout(retry);
  watched = JSON.stringify(runs);
  for (const name of curves.keys()) if (!runs.includes(name)) curves.delete(name);
  source = new EventSource(`/api/live?${new URLSearchParams(runs.map(run => ['run', run]))}`);
  const current = source;
  const on = (event, act) => current.addEventListener(event, message => {
    if (current !== source) return;
    state('live', 'Live');
    act(JSON.parse(message.data));
  });
  on('runs', update => { list.update(update, shown()); refresh(); });
  on('curves', ({run, curves: now}) => { curves.set(run, now); draw(); });
  on('missing', ({run}) => { curves.set(run, null); draw(); });
  on('beat', () => {});
  current.addEventListener('error', () => {
    if (current !== source) return;
    current.close();
    const since = byId('connection').dataset.state === 'lost' ? null : new Date().toLocaleTimeString();
    if (since) state('lost', `The dashboard does not answer: it was stopped, or is out of reach. What is shown is from ${since}; trying again …`);
    retry = setTimeout(() => connect(shown()), RETRY_MILLIS);
  });
}

function state(name, words) {
  const connection = byId('connection');
  if (connection.dataset.state === name) return;
  connection.dataset.state = name;
  connection.textContent = words;
  if (name === 'live') hello();
}

async function hello() {
  try {
    const {folder, claims} = await (await fetch('/api/runs')).json();
    byId('folder').textContent = `in ${folder}`;
    showClaims(claims);
  } catch {
    // The next connection asks again.
  }
}

document.querySelectorAll('input[name=x]').forEach(radio =>
  radio.addEventListener('change', () => set('x', radio.value, 'step')));
byId('smoothing').addEventListener('input', event => set('smoothing', event.target.value, '0'));
byId('log').addEventListener('change', event => set('log', event.target.checked ? '1' : '0', '0'));
byId('clear').addEventListener('click', () => { view.delete('run'); remember(); refresh(); });
// A page that nobody sees asks for nothing.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    source?.close();
    source = null;
    clearTimeout(retry);
  } else if (!source) {
    connect(shown());
  }
});
connect(shown());
draw();
