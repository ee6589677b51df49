/**
 * What the page does by itself: draws the two charts in the colours of light or dark, and sorts the round trips by a heading.
 * Runs in a browser, after the chart library, over the JSON in the element `curves`.
 */
export const PAGE_SCRIPT = `
(() => {
  const { times, equity, drawdown, fromStart } = JSON.parse(document.getElementById('curves').textContent);
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const rupees = (digits) => new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR', minimumFractionDigits: digits, maximumFractionDigits: digits });
  const exact = rupees(2);
  const whole = rupees(0);
  const percent = (value, digits) => (value * 100).toFixed(digits) + ' %';
  const dateText = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

  // A tick of the axis stands for a day at least: results are known at the ends of days.
  const DAY = 86400;
  const steps = [1, 2, 7, 14, 28, 91, 182, 365].map((days) => days * DAY);
  const yearOf = (seconds) => new Date(seconds * 1000).getUTCFullYear();
  // The year is said where it is new.
  const axisText = (seconds, step, before) => {
    const date = new Date(seconds * 1000);
    const month = MONTHS[date.getUTCMonth()];
    if (step >= 91 * DAY) return month + ' ' + yearOf(seconds);
    return date.getUTCDate() + ' ' + month + (before !== undefined && yearOf(before) === yearOf(seconds) ? '' : '\\n' + yearOf(seconds));
  };

  // In letters of twelve pixels a digit is about seven wide.
  const widest = (_, texts) => Math.max(64, ...(texts ?? []).map((text) => text.length * 6.8 + 16));

  const charts = [];
  const draw = (id, { label, values, stroke, fill, axis, value, range }) => {
    const place = document.getElementById(id);
    if (place === null || times.length === 0) return;
    const line = { stroke: colour('faint'), grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1 } };
    const chart = new uPlot({
      width: place.clientWidth,
      height: id === 'equity' ? 300 : 180,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      scales: { x: times.length === 1 ? { range: [times[0] - DAY, times[0] + DAY] } : {}, y: { range } },
      axes: [
        { ...line, incrs: steps, space: 80, values: (_, splits, __, ___, step) => splits.map((at, index) => axisText(at, step, splits[index - 1])) },
        { ...line, size: widest, values: (_, splits) => splits.map(axis) },
      ],
      series: [
        { label: 'Date', value: (_, at, __, index) => (at === null ? '–' : fromStart && index === 0 ? 'start' : dateText(at)) },
        { label, stroke: colour(stroke), fill: colour(fill ?? stroke) + '22', width: 1.5, points: { show: times.length <= 40, fill: colour('ground') }, value: (_, at) => (at === null ? '–' : value(at)) },
      ],
      cursor: { sync: { key: 'days' }, y: false },
    }, [times, values], place);
    charts.push({ chart, place });
  };
  const drawAll = () => {
    for (const { chart } of charts.splice(0)) chart.destroy();
    const padded = (_, low, high) => {
      const space = (high - low) * 0.08 || Math.abs(high) * 0.01 || 1;
      return [low - space, high + space];
    };
    draw('equity', { label: 'Equity', values: equity, stroke: 'curve', axis: (at) => whole.format(at), value: (at) => exact.format(at), range: padded });
    draw('drawdown', { label: 'Drawdown', values: drawdown, stroke: 'bad', axis: (at) => percent(at, Math.min(...drawdown) < -0.05 ? 0 : 2), value: (at) => percent(at, 2), range: (_, low) => [low * 1.08 || -0.01, 0] });
  };
  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  addEventListener('resize', () => {
    for (const { chart, place } of charts) chart.setSize({ width: place.clientWidth, height: chart.height });
  });

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  };
  for (const table of document.querySelectorAll('table.sortable')) {
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => heading.firstElementChild.addEventListener('click', () => {
      const order = heading.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', order);
      const sign = order === 'ascending' ? 1 : -1;
      // What belongs together is a body of its own, of which the first row counts.
      const bodies = [...table.tBodies].map((body) => [valueOf(body.rows[0], column), body]);
      bodies.sort(([left], [right]) => sign * (left < right ? -1 : left > right ? 1 : 0));
      table.append(...bodies.map(([, body]) => body));
    }));
  }
})();
`;
