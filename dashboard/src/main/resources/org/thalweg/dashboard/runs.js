// The list of runs: one row each, changed in place.

const ROWS_AT_FIRST = 200;
const STATES = {RUNNING: 'running', FINISHED: 'finished', STOPPED: 'stopped', FAILED: 'failed'};
const started = card => card.started ?? card.updated;
const what = card => [card.data, card.model, card.rule].filter(Boolean).join(' · ');
const byText = key => (one, other) => key(one).localeCompare(key(other), 'en', {numeric: true});
const byNumber = key => (one, other) => key(one) - key(other);
const quality = card => card.best ? (card.best.larger ? 1 : -1) * card.best.value : -Infinity;
const ORDERS = {
  name: byText(card => card.name), what: byText(what), state: byText(card => STATES[card.state]),
  progress: byNumber(card => card.progress ?? -1), best: byNumber(quality), age: byNumber(started)
};

export const newestFirst = (one, other) =>
  (other.state === 'RUNNING') - (one.state === 'RUNNING') || started(other) - started(one);

const ago = (moment, now) => {
  const seconds = Math.max(0, Math.round((now - moment) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86400);
  return days === 1 ? '1 day ago' : `${days} days ago`;
};

const element = (name, classed, ...inside) => {
  const made = document.createElement(name);
  if (classed) made.className = classed;
  made.append(...inside);
  return made;
};

const link = (address, words) => {
  const made = element('a', '', words);
  made.href = address;
  made.target = '_blank';
  made.rel = 'noopener noreferrer';
  return made;
};

const page = (run, file) =>
  link(`/page?${new URLSearchParams({run, file})}`, file.replace(/\.html$/i, ''));

/** The claims' pages, if there are any; an index of theirs is left out, for this is one. */
export const showClaims = all => {
  const files = all.filter(file => file !== 'index.html');
  const nav = document.getElementById('claims');
  nav.hidden = files.length === 0;
  nav.querySelector('ul').replaceChildren(...files.map(file =>
    element('li', '', link(`/page?${new URLSearchParams({file})}`, file.replace(/\.html$/i, '')))));
};

export class RunList {
  #rows = new Map();
  #cards = new Map();
  #order = {key: 'age', down: true};
  #all = false;
  #skew = 0;
  #body = document.querySelector('#runs tbody');
  #filter = document.getElementById('filter');
  #more = document.getElementById('more');
  #select;

  /** @param select is told the name and whether it is to be shown */
  constructor(select) {
    this.#select = select;
    this.#filter.addEventListener('input', () => this.#arrange());
    this.#more.addEventListener('click', () => { this.#all = true; this.#arrange(); });
    for (const head of document.querySelectorAll('#runs th[data-sort]')) {
      head.querySelector('button').addEventListener('click', () => this.#sortBy(head));
    }
    setInterval(() => this.#tellAges(), 10_000);
  }

  get cards() { return this.#cards; }

  update({now, first, changed, gone}, shown) {
    this.#skew = now - Date.now();
    if (first) {
      const there = new Set(changed.map(card => card.name));
      gone = [...this.#cards.keys()].filter(name => !there.has(name));
    }
    for (const name of gone) {
      this.#cards.delete(name);
      this.#rows.get(name)?.remove();
      this.#rows.delete(name);
    }
    for (const card of changed) {
      this.#cards.set(card.name, card);
      const row = this.#rows.get(card.name);
      if (row) this.#fill(row, card);
    }
    this.#arrange();
    this.tick(shown);
  }

  /** Ticks the runs that are shown. */
  tick(shown) {
    for (const [name, row] of this.#rows) row.querySelector('input').checked = shown.includes(name);
  }

  #sortBy(head) {
    const key = head.dataset.sort;
    const down = this.#order.key === key ? !this.#order.down : ['best', 'age', 'progress'].includes(key);
    this.#order = {key, down};
    document.querySelectorAll('#runs th[data-sort]').forEach(th => th.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    this.#arrange();
  }

  #arrange() {
    const words = this.#filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = card => {
      const text = `${card.name} ${what(card)} ${STATES[card.state]}`.toLowerCase();
      return words.every(word => text.includes(word));
    };
    const order = ORDERS[this.#order.key];
    const found = [...this.#cards.values()].filter(fits)
      .sort((one, other) => (this.#order.down ? order(other, one) : order(one, other)) || (one.name < other.name ? -1 : 1));
    const visible = this.#all ? found : found.slice(0, ROWS_AT_FIRST);
    const rows = visible.map(card => this.#row(card));
    if (rows.length !== this.#body.children.length || rows.some((row, i) => row !== this.#body.children[i])) {
      const focused = document.activeElement;
      this.#body.replaceChildren(...rows);
      if (focused && this.#body.contains(focused)) focused.focus({preventScroll: true});
    }
    this.#more.hidden = visible.length === found.length;
    this.#more.textContent = `Show all ${found.length.toLocaleString('en')}`;
    this.#count(found.length);
  }

  #count(found) {
    const all = this.#cards.size;
    document.getElementById('count').textContent =
      found === all ? all.toLocaleString('en') : `${found.toLocaleString('en')} of ${all.toLocaleString('en')}`;
    const none = document.getElementById('none');
    none.hidden = found > 0;
    none.textContent = all === 0
      ? 'There are no runs yet. They appear here as soon as a training begins: ./thalweg train digits'
      : 'No run fits the filter.';
  }

  #row(card) {
    let row = this.#rows.get(card.name);
    if (!row) {
      row = element('tr');
      row.dataset.run = card.name;
      const box = element('input');
      box.type = 'checkbox';
      box.id = `show-${crypto.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
      box.addEventListener('change', () => this.#select(card.name, box.checked));
      const label = element('label', '', element('span', 'hidden', 'Show '), card.name);
      label.htmlFor = box.id;
      row.append(element('td', 'tick', box), element('td', 'name', label));
      for (const kind of ['what', 'outcome', 'progress', 'best', 'age', 'pages']) row.append(element('td', kind));
      this.#rows.set(card.name, row);
      this.#fill(row, card);
    }
    return row;
  }

  #fill(row, card) {
    const cell = kind => row.querySelector('.' + kind);
    cell('what').textContent = what(card);
    const state = cell('outcome');
    state.dataset.state = card.state;
    state.replaceChildren(STATES[card.state]);
    if (card.message) state.append(element('div', 'message soft', card.message));
    cell('progress').replaceChildren(...this.#progress(card));
    cell('best').replaceChildren(...(card.best
      ? [card.best.text, element('div', 'soft', `${card.best.measure}, epoch ${card.best.epoch}`)] : []));
    cell('age').textContent = ago(started(card), Date.now() + this.#skew);
    cell('age').title = new Date(started(card)).toLocaleString();
    const pages = card.pages.map(file => page(card.name, file));
    const before = [...cell('pages').children];
    if (pages.length !== before.length || pages.some((a, i) => a.href !== before[i].href)) cell('pages').replaceChildren(...pages);
  }

  #progress(card) {
    const words = card.epochs ? `epoch ${card.epoch} of ${card.epochs}` : card.step ? `step ${card.step}` : '';
    if (card.progress === null || card.progress === undefined) return [words];
    const bar = element('progress');
    bar.value = card.progress;
    bar.setAttribute('aria-label', `${Math.round(100 * card.progress)} %`);
    return [bar, element('span', 'soft', card.state === 'FINISHED' ? card.epoch === 1 ? '1 epoch' : `${card.epoch} epochs` : words)];
  }

  #tellAges() {
    for (const [name, row] of this.#rows) {
      row.querySelector('.age').textContent = ago(started(this.#cards.get(name)), Date.now() + this.#skew);
    }
  }
}
