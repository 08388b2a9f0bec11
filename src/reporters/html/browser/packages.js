import { findingsAddress } from './address.js';
import { openFindings, packages, severities } from './dataset.js';
import { badge, compare, element, share } from './elements.js';
import { wordsOf } from './filters.js';
import { growingTable, sortableHeaders } from './listing.js';

const table = document.getElementById('packages-table');
const form = document.getElementById('packages-filters');
const input = document.getElementById('packages-query');
const summary = document.getElementById('packages-summary');

export function preparePackages() {
  if (!table) return;
  const all = packageRows();
  const order = { key: 'name', descending: false };
  const replaceRows = growingTable({
    table,
    more: document.getElementById('packages-more').parentElement,
    emptyText: 'No package matches.',
    makeRow,
  });
  function show() {
    const words = wordsOf(input.value);
    const direction = order.descending ? -1 : 1;
    const rows = all.filter(({ text }) => words.every((word) => text.includes(word)));
    rows.sort((a, b) => direction * packageOrders[order.key](a, b) || packageOrders.name(a, b));
    replaceRows(rows);
    markSorted(order.key, order.descending);
    summary.textContent = share(rows.length, all.length, 'package', 'packages');
  }
  const markSorted = sortableHeaders(table, (key) => {
    order.descending = order.key === key && !order.descending;
    order.key = key;
    show();
  });
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  input.addEventListener('input', show);
  show();
}

const packageOrders = {
  name: (a, b) => compare(a.one.name, b.one.name),
  source: (a, b) => compare(a.one.source ?? '', b.one.source ?? ''),
  licence: (a, b) => compare(licenceText(a.one), licenceText(b.one)),
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
  const address = findingsAddress(new URLSearchParams({ package: one.name }));
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
    element('td', { class: 'licence' }, licenceText(one)),
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
