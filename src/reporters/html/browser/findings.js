import { panelAddress, parseAddress } from './address.js';
import {
  decidedCount,
  decisionOf,
  hasFix,
  isDecided,
  openFindings,
  packageOf,
  receiptOf,
  severities,
  states,
  vulnerabilityOf,
  windows,
} from './dataset.js';
import { openDetails } from './details.js';
import { badge, element, number, share } from './elements.js';
import { findingOrders, selectFindings, sortFindings, valuesOf } from './filters.js';
import { growingTable, sortableHeaders } from './listing.js';

const table = document.getElementById('findings-table');
const form = document.getElementById('findings-filters');
const input = document.getElementById('findings-query');
const clearButton = document.getElementById('findings-clear');
const summary = document.getElementById('findings-summary');
/** How soon is a column only where somebody asked. */
const showsSoon = Boolean(table?.querySelector('th.soon'));
const appliedPlace = document.getElementById('findings-applied');
let rows = [];
let replaceRows;
let markSorted;

export function prepareFindings() {
  if (!table) return;
  form.hidden = false;
  replaceRows = growingTable({
    table,
    more: document.getElementById('findings-more').parentElement,
    emptyText: 'No finding matches these filters.',
    makeRow,
  });
  markSorted = sortableHeaders(table, sortBy);
  form.addEventListener('submit', (event) => event.preventDefault());
  input.addEventListener('input', () => changeQuery({ q: input.value }));
  form.addEventListener('click', ({ target }) => {
    const chip = target.closest('[data-filter]');
    if (chip) toggle(chip.dataset.filter, chip.dataset.value);
  });
  clearButton.addEventListener('click', () => {
    changeQuery({}, new URLSearchParams());
    input.focus();
  });
}

/** Shows what the address asks for. */
export function showFindings(query) {
  if (!table) return;
  const asked = query.get('sort');
  const key = Object.hasOwn(findingOrders, asked) ? asked : 'urgency';
  const descending = query.get('order') === 'reverse';
  const selected = selectFindings(query);
  rows = sortFindings(selected.rows, key, descending);
  replaceRows(rows);
  markSorted(key, descending);
  showFilters(query);
  const order = key === 'urgency' ? ', the most urgent first' : '';
  const all = openFindings.length + (query.has('decided') ? decidedCount : 0);
  const hidden = selected.hidden === 0 ? '' : `; ${number(selected.hidden)} decided not shown`;
  summary.textContent = `${share(rows.length, Math.max(all, rows.length), 'finding', 'findings')}${order}${hidden}`;
}

function makeRow(finding, position) {
  const { id, summary: text, kev, epss } = vulnerabilityOf(finding);
  const { name, version } = packageOf(finding);
  const open = () => openDetails(rows, position);
  const pressed = ({ target, currentTarget }) => {
    if (target.closest('button') || !getSelection().isCollapsed) return;
    currentTarget.querySelector('button').focus();
    open();
  };
  return element(
    'tr',
    { class: isDecided(finding) && 'decided', on: { click: pressed } },
    element('td', { class: 'severity' }, badge(severities[finding.s])),
    element(
      'td',
      { class: 'id' },
      element('button', { type: 'button', class: 'open', 'aria-haspopup': 'dialog', on: { click: open } }, id),
      isDecided(finding) && element('span', { class: 'badge' }, `decided: ${decisionOf(finding).state}`),
      text && element('span', { class: 'what' }, text),
    ),
    element('td', { class: 'package' }, element('strong', {}, name), element('span', { class: 'version' }, version)),
    element('td', { class: 'fix' }, fixText(finding)),
    showsSoon && element('td', { class: 'soon' }, windows[receiptOf(finding)?.w]?.title ?? ''),
    element(
      'td',
      { class: 'signals' },
      kev && element('span', { class: 'badge exploited' }, 'exploited'),
      kev && ' ',
      epss !== undefined && `EPSS ${(epss * 100).toFixed(1)} %`,
    ),
  );
}

function fixText(finding) {
  return hasFix(finding) ? element('span', { class: 'version fixed' }, finding.fixed) : states[finding.t].words;
}

function sortBy(key) {
  const { query } = parseAddress();
  const turned = query.get('sort') === key && query.get('order') !== 'reverse';
  changeQuery({ sort: key, order: turned ? 'reverse' : '' });
}

/** Several severities can be on at once; of the other filters the last choice counts. */
function toggle(filter, value) {
  const values = valuesOf(parseAddress().query, filter);
  const without = values.filter((one) => one !== value);
  const added = filter === 'severity' ? [...values, value] : [value];
  changeQuery({ [filter]: (without.length < values.length ? without : added).join(',') });
}

/** An empty value takes the filter away. */
function changeQuery(changes, query = parseAddress().query) {
  for (const [key, value] of Object.entries(changes)) {
    if (value === '') query.delete(key);
    else query.set(key, value);
  }
  history.replaceState(null, '', panelAddress('findings', query));
  showFindings(query);
}

function showFilters(query) {
  const text = query.get('q') ?? '';
  if (input.value !== text) input.value = text;
  for (const chip of form.querySelectorAll('[data-filter]')) {
    const on = valuesOf(query, chip.dataset.filter).includes(chip.dataset.value);
    chip.setAttribute('aria-pressed', String(on));
  }
  appliedPlace.replaceChildren(
    ...Object.keys(linkedFilters)
      .filter((key) => query.has(key))
      .map((key) => linkedFilter(key, query.get(key))),
  );
  clearButton.hidden = [...query.keys()].every((key) => key === 'sort' || key === 'order');
}

/** Filters without a button of their own: they come from links in the other panels. */
const linkedFilters = {
  source: (value) => `built from ${value}`,
  package: (value) => `package ${value}`,
  layer: (value) => `layer ${value}`,
  state: (value) => `publisher says ${states.find(({ id }) => id === value)?.words ?? value}`,
};

function linkedFilter(key, value) {
  const words = linkedFilters[key](value);
  const remove = { click: () => changeQuery({ [key]: '' }) };
  return element(
    'button',
    { type: 'button', class: 'chip', 'aria-label': `Remove filter: ${words}`, 'aria-pressed': 'true', on: remove },
    `${words} ×`,
  );
}
