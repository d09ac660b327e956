// The curves of the runs that are shown, one chart for each thing that was measured. Plotly draws.

// Okabe and Ito's colours; a second sign, the marker, tells runs apart without them.
const COLOURS = ['--blue', '--orange', '--green', '--purple', '--amber', '--sky'];
const SYMBOLS = ['circle', 'square', 'diamond', 'triangle-up', 'x', 'cross',
  'circle-open', 'square-open', 'diamond-open', 'triangle-up-open', 'x-open', 'cross-open'];
const SIGNS = ['●', '■', '◆', '▲', '✖', '✚', '○', '□', '◇', '△', '✕', '+'];
const DASHES = {train: 'solid', test: 'dash', validation: 'dot', '': 'solid'};
const FIRST = ['loss', 'accuracy', 'rate'];
const SMOOTHED = new Set(['loss']);
const MARKERS = 7;
// At its end the slider smooths over this share of the chart's width.
const WIDEST = 0.2;

const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
// Plotly takes some markup and places for numbers in texts; a name is a name.
const plain = text => text.replace(/[<>&%{}]/g, ' ');
export const colour = index => `var(${COLOURS[index % COLOURS.length]})`;
export const sign = index => SIGNS[index % SIGNS.length];

/**
 * A mean over what came before, weighted by exp(-distance/width), so that it looks the same however many points were drawn together.
 */
const smooth = (x, y, width) => {
  let sum = 0;
  let weight = 0;
  let last = null;
  return y.map((value, i) => {
    if (value === null || x[i] === null) return null;
    const kept = last === null ? 0 : Math.exp(-Math.max(0, x[i] - last) / width);
    sum = kept * sum + value;
    weight = kept * weight + 1;
    last = x[i];
    return sum / weight;
  });
};

const timeUnit = longest => longest > 10800 ? [3600, 'h'] : longest > 300 ? [60, 'min'] : [1, 's'];

export class Charts {
  #root;
  #figures = new Map();
  #wanted = null;
  #busy = false;

  constructor(root) {
    this.#root = root;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /**
   * Shows curves; a later call overtakes one that waits.
   * @param runs each with a name, its index, and its curves
   * @param options across (step, epoch or time), smoothing (0 to 100), and whether the loss is logarithmic
   */
  show(runs, options) {
    this.#wanted = {runs, options};
    this.#draw();
  }

  async #draw() {
    if (this.#busy || !this.#wanted) return;
    this.#busy = true;
    try {
      let drawn = null;
      while (drawn !== this.#wanted) {
        drawn = this.#wanted;
        await this.#all(drawn);
        await new Promise(requestAnimationFrame);
      }
    } finally {
      this.#busy = false;
    }
  }

  async #all({runs, options}) {
    const charts = new Map();
    for (const run of runs) {
      for (const series of run.curves) {
        if (!charts.has(series.chart)) charts.set(series.chart, {title: series.title, series: []});
        charts.get(series.chart).series.push({run, ...series});
      }
    }
    const rank = id => FIRST.includes(id) ? FIRST.indexOf(id) : id === 'rate' ? 99 : 50;
    const ids = [...charts.keys()].sort((one, other) => rank(one) - rank(other));
    for (const [id, figure] of this.#figures) {
      if (!charts.has(id)) {
        Plotly.purge(figure.plot);
        figure.figure.remove();
        this.#figures.delete(id);
      }
    }
    ids.forEach((id, place) => this.#figure(id, charts.get(id).title, place));
    const unit = timeUnit(Math.max(0, ...runs.flatMap(run => run.curves).map(series => series.time.at(-1) ?? 0)));
    for (const id of ids) await this.#one(id, charts.get(id), options, unit);
  }

  #figure(id, title, place) {
    let made = this.#figures.get(id);
    if (!made) {
      const figure = document.createElement('figure');
      figure.dataset.chart = id;
      const caption = document.createElement('figcaption');
      caption.append(document.createElement('b'));
      caption.firstChild.textContent = title;
      const plot = document.createElement('div');
      plot.className = 'plot';
      plot.setAttribute('role', 'img');
      figure.append(caption, plot);
      made = {figure, plot};
      this.#figures.set(id, made);
    }
    if (this.#root.children[place] !== made.figure) this.#root.insertBefore(made.figure, this.#root.children[place] ?? null);
  }

  async #one(id, {title, series}, options, [perUnit, unit]) {
    const {plot} = this.#figures.get(id);
    const scaled = series.map(it => ({...it, x: options.across === 'time'
      ? it.time.map(value => value === null ? null : value / perUnit) : it[options.across]}));
    const ends = scaled.flatMap(it => [it.x[0], it.x.at(-1)]).filter(value => value !== null && value !== undefined);
    const span = ends.length ? Math.max(...ends) - Math.min(...ends) : 0;
    const width = SMOOTHED.has(id) ? WIDEST * span * (options.smoothing / 100) ** 2 : 0;
    const traces = scaled.flatMap(it => this.#traces(it, width));
    const across = options.across === 'time' ? `time (${unit})` : options.across;
    const log = id === 'loss' && options.log;
    await Plotly.react(plot, traces, this.#layout(across, log, `${options.across} ${log}`), {
      displaylogo: false, responsive: true, modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d']
    });
    plot.setAttribute('aria-label', `${title} across ${across}: ` + series.map(it =>
      `${it.run.name}${it.part ? ', ' + it.part : ''}, last ${it.mean.at(-1)?.toPrecision(4) ?? 'unknown'}`).join('; '));
    plot.dataset.last = Math.max(...series.map(it => it.step.at(-1) ?? 0));
  }

  #traces({run, part, x, mean, low, high}, width) {
    const hue = style(COLOURS[run.index % COLOURS.length]);
    const name = plain(run.name) + (part && part !== 'train' ? ' · ' + part : '');
    const line = {color: hue, width: part === 'train' || part === '' ? 2 : 1.8, dash: DASHES[part] ?? 'solid'};
    const marker = {symbol: SYMBOLS[run.index % SYMBOLS.length], size: 8, color: hue, maxdisplayed: MARKERS};
    const hover = `%{y:.4~g}<extra>${name}</extra>`;
    const shared = {type: 'scatter', showlegend: false, x};
    const traces = [];
    if (low) {
      traces.push({...shared, y: low, mode: 'lines', line: {width: 0}, hoverinfo: 'skip'},
        {...shared, y: high, mode: 'lines', line: {width: 0}, fill: 'tonexty', opacity: 0.25, fillcolor: hue + '33', hoverinfo: 'skip'});
    }
    if (width > 0 && mean.length > 2) {
      traces.push({...shared, y: mean, mode: 'lines', opacity: 0.3, line: {...line, width: 1.2}, hoverinfo: 'skip'});
    }
    traces.push({...shared, y: width > 0 ? smooth(x, mean, width) : mean, mode: 'lines+markers', line, marker,
      hovertemplate: hover, name});
    return traces;
  }

  #layout(across, log, kept) {
    const axis = {
      color: style('--soft'), gridcolor: style('--rule'), zeroline: false, linecolor: style('--rule'), exponentformat: 'e',
      automargin: true
    };
    return {
      paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', margin: {l: 48, r: 12, t: 6, b: 40},
      font: {family: getComputedStyle(document.body).fontFamily, size: 12, color: style('--soft')},
      hovermode: 'closest', hoverlabel: {bgcolor: style('--card'), font: {color: style('--ink')}, namelength: -1},
      xaxis: {...axis, title: {text: across}, rangemode: 'tozero', tickformat: across === 'step' ? '~s' : ''}, yaxis: {...axis, type: log ? 'log' : 'linear'},
      modebar: {bgcolor: 'rgba(0,0,0,0)', color: style('--rule'), activecolor: style('--soft')}, uirevision: kept
    };
  }
}
