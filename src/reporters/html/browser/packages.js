import { panelAddress, parseAddress } from './address.js';
import { categories, openFindings, packages, severities } from './dataset.js';
import { badge, compare, element, share } from './elements.js';
import { valuesOf, wordsOf } from './filters.js';
import { growingTable, sortableHeaders } from './listing.js';

const table = document.getElementById('packages-table');
const form = document.getElementById('packages-filters');
const input = document.getElementById('packages-query');
const summary = document.getElementById('packages-summary');

const order = { key: 'name', descending: false };
let all = [];
let replaceRows;
let markSorted;

export function preparePackages() {
  if (!table) return;
  all = packageRows();
  replaceRows = growingTable({
    table,
    more: document.getElementById('packages-more').parentElement,
    emptyText: 'No package matches.',
    makeRow,
  });
  markSorted = sortableHeaders(table, (key) => {
    order.descending = order.key === key && !order.descending;
    order.key = key;
    showPackages(parseAddress().query);
  });
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  input.addEventListener('input', () => changeQuery('q', input.value));
  form.addEventListener('click', ({ target }) => {
    const chip = target.closest('[data-filter]');
    if (chip) changeQuery('category', toggled(chip.dataset.value));
  });
}

/** Several categories can be on at once. */
function toggled(value) {
  const values = valuesOf(parseAddress().query, 'category');
  return (values.includes(value) ? values.filter((one) => one !== value) : [...values, value]).join(',');
}

function changeQuery(key, value) {
  const { query } = parseAddress();
  if (value === '') query.delete(key);
  else query.set(key, value);
  history.replaceState(null, '', panelAddress('packages', query));
  showPackages(query);
}

/** Shows what the address asks for. */
export function showPackages(query) {
  if (!table) return;
  const text = query.get('q') ?? '';
  if (input.value !== text) input.value = text;
  const words = wordsOf(text);
  const wanted = valuesOf(query, 'category');
  for (const chip of form.querySelectorAll('[data-filter]'))
    chip.setAttribute('aria-pressed', String(wanted.includes(chip.dataset.value)));
  const direction = order.descending ? -1 : 1;
  const rows = all.filter(
    (row) =>
      (wanted.length === 0 || wanted.includes(categories[row.one.c].id)) &&
      words.every((word) => row.text.includes(word)),
  );
  rows.sort((a, b) => direction * packageOrders[order.key](a, b) || packageOrders.name(a, b));
  replaceRows(rows);
  markSorted(order.key, order.descending);
  summary.textContent = share(rows.length, all.length, 'package', 'packages');
}

const packageOrders = {
  name: (a, b) => compare(a.one.name, b.one.name),
  source: (a, b) => compare(a.one.source ?? '', b.one.source ?? ''),
  licence: (a, b) => b.one.c - a.one.c || compare(licenceText(a.one), licenceText(b.one)),
  layer: (a, b) => (a.one.layer ?? -1) - (b.one.layer ?? -1),
  findings: (a, b) => a.worst - b.worst || b.found - a.found,
};

/** Each package with its findings counted by severity, worst first. */
function packageRows() {
  const counts = packages.map(() => severities.map(() => 0));
  for (const { p, s } of openFindings) counts[p][s] += 1;
  return packages.map((one, position) => {
    const bySeverity = counts[position];
    const worst = bySeverity.findIndex((count) => count > 0);
    return {
      one,
      bySeverity,
      found: bySeverity.reduce((sum, count) => sum + count),
      worst: worst === -1 ? severities.length : worst,
      text: [one.name, one.version, one.source, one.maintainer, licenceText(one)].join('\n').toLowerCase(),
    };
  });
}

function licenceText({ licences = [] }) {
  return licences.join(', ');
}

function makeRow({ one, bySeverity, found }) {
  const badges = severities.flatMap((severity, index) =>
    bySeverity[index] > 0 ? [badge(severity, bySeverity[index])] : [],
  );
  const address = panelAddress('findings', new URLSearchParams({ package: one.name }));
  return element(
    'tr',
    {},
    element(
      'td',
      { class: 'package' },
      element('strong', {}, one.name),
      element('span', { class: 'version' }, one.version),
    ),
    element('td', { class: 'source' }, one.source ?? ''),
    element(
      'td',
      { class: 'licence' },
      licenceText(one),
      element('span', { class: 'category' }, categories[one.c].words),
    ),
    element('td', { class: 'layer' }, one.layer === undefined ? '' : String(one.layer)),
    element(
      'td',
      { class: 'found' },
      found === 0
        ? element('span', { class: 'muted' }, 'none')
        : element('a', { href: address, class: 'counts' }, badges),
    ),
  );
}
