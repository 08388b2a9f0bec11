/*
 * Filters, sorting, tabs and details of the report page. Every text is set as text, never as markup. The page is readable
 * without this script: it only takes over what stands there already.
 */
const dataset = JSON.parse(document.getElementById('dataset').textContent);
const { severities, states, packages, vulnerabilities, findings } = dataset;
const rowsAtOnce = 100;

document.documentElement.classList.add('js');

/** An element with properties and children; texts become text nodes. */
function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === false) continue;
    if (name === 'on') for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return made;
}

const number = new Intl.NumberFormat('en');
const counted = (count, one, many) => `${number.format(count)} ${count === 1 ? one : many}`;
const compare = (a, b) => (a === b ? 0 : a < b ? -1 : 1);

// Where the page is: the panel, and for the findings the filters. Kept in the address, so that a view can be passed on.

function parseAddress() {
  const [panel, query = ''] = location.hash.slice(1).split('?');
  return {
    panel: document.getElementById(panel)?.matches('.panel') ? panel : 'overview',
    query: new URLSearchParams(query),
  };
}

const tabs = [...document.querySelectorAll('[data-panel]')];

function prepareTabs() {
  tabs[0].parentElement.setAttribute('role', 'tablist');
  for (const tab of tabs) {
    tab.id = `tab-${tab.dataset.panel}`;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', tab.dataset.panel);
    const panel = document.getElementById(tab.dataset.panel);
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    tab.addEventListener('keydown', moveBetweenTabs);
  }
}

function moveBetweenTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (event.key === ' ') event.currentTarget.click();
  if (event.key === ' ' || step !== undefined) event.preventDefault();
  if (step === undefined) return;
  const next = tabs[(tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length];
  next.focus();
  next.click();
}

function showPanel(name) {
  for (const tab of tabs) {
    const selected = tab.dataset.panel === name;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    document.getElementById(tab.dataset.panel).hidden = !selected;
    if (selected) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

// A long table that grows as the reader comes near its end.

function growingTable({ table, more, emptyText, makeRow }) {
  const body = table.tBodies[0];
  let rows = [];
  let shown = 0;
  function grow() {
    const next = rows.slice(shown, shown + rowsAtOnce);
    body.append(...next.map((row, index) => makeRow(row, shown + index)));
    shown += next.length;
    more.hidden = shown >= rows.length;
    if (!more.hidden) {
      more.querySelector('button').textContent = `Show more (${number.format(rows.length - shown)} left)`;
    }
  }
  more.querySelector('button').addEventListener('click', grow);
  new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && grow(), {
    rootMargin: '600px',
  }).observe(more);
  return (next) => {
    rows = next;
    shown = 0;
    body.replaceChildren();
    if (rows.length > 0) grow();
    else {
      more.hidden = true;
      body.append(
        element('tr', {}, element('td', { class: 'empty', colspan: table.tHead.rows[0].cells.length }, emptyText)),
      );
    }
  };
}

/** Headers become buttons; `current` says what is sorted by, `choose` is called with the next choice. */
function sortableHeaders(table, choose) {
  const headers = [...table.tHead.querySelectorAll('[data-sort]')];
  for (const header of headers) {
    const title = header.textContent;
    header.replaceChildren(
      element('button', { type: 'button', on: { click: () => choose(header.dataset.sort) } }, title),
    );
  }
  return ({ key, descending }) => {
    for (const header of headers) {
      if (header.dataset.sort !== key) header.removeAttribute('aria-sort');
      else header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    }
  };
}

// Findings

const fixedState = states.findIndex(({ id }) => id === 'fixed');
const unaffectedState = states.findIndex(({ id }) => id === 'not-affected');
const hasFix = (finding) => finding.t === fixedState && finding.fixed !== undefined;
const packageOf = (finding) => packages[finding.p];
const vulnerabilityOf = (finding) => vulnerabilities[finding.v];

const comparisons = {
  severity: (a, b) =>
    Number(Boolean(vulnerabilityOf(b).kev)) - Number(Boolean(vulnerabilityOf(a).kev)) ||
    a.s - b.s ||
    (vulnerabilityOf(b).epss ?? 0) - (vulnerabilityOf(a).epss ?? 0),
  id: (a, b) => compare(vulnerabilityOf(a).id, vulnerabilityOf(b).id),
  package: (a, b) => compare(packageOf(a).name, packageOf(b).name),
  fix: (a, b) => Number(hasFix(b)) - Number(hasFix(a)) || a.t - b.t || compare(a.fixed ?? '', b.fixed ?? ''),
  signals: (a, b) =>
    Number(Boolean(vulnerabilityOf(b).kev)) - Number(Boolean(vulnerabilityOf(a).kev)) ||
    (vulnerabilityOf(b).epss ?? -1) - (vulnerabilityOf(a).epss ?? -1),
};

function sorted(rows, comparison, descending) {
  const direction = descending ? -1 : 1;
  return rows.toSorted((a, b) => direction * comparison(a, b) || a.s - b.s || comparisons.id(a, b) || a.p - b.p);
}

const searchable = new Map();
function searchText(finding) {
  let text = searchable.get(finding);
  if (text === undefined) {
    const { id, aliases = [], summary = '' } = vulnerabilityOf(finding);
    const { name, version, source = '' } = packageOf(finding);
    text = [id, ...aliases, name, version, source, summary].join('\n').toLowerCase();
    searchable.set(finding, text);
  }
  return text;
}

const filterTests = {
  severity: (finding, values) => values.includes(severities[finding.s]),
  state: (finding, values) =>
    values.includes(states[finding.t].id) ||
    (values.includes('affected') && finding.t === fixedState && !hasFix(finding)),
  fix: (finding, values) => values.includes(hasFix(finding) ? 'yes' : 'no'),
  exploited: (finding) => vulnerabilityOf(finding).kev !== undefined,
  layer: (finding, values) => values.includes(String(packageOf(finding).layer)),
  source: (finding, values) => values.includes(packageOf(finding).source ?? packageOf(finding).name),
  package: (finding, values) => values.includes(packageOf(finding).name),
};

function selected(query) {
  const tests = Object.keys(filterTests)
    .filter((key) => query.has(key))
    .map((key) => [filterTests[key], query.get(key).split(',')]);
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const unaffectedToo = (query.get('state') ?? '').includes('not-affected');
  return findings.filter(
    (finding) =>
      (unaffectedToo || finding.t !== unaffectedState) &&
      tests.every(([test, values]) => test(finding, values)) &&
      words.every((word) => searchText(finding).includes(word)),
  );
}

function findingRow(finding, position) {
  const { id, summary, kev, epss } = vulnerabilityOf(finding);
  const { name, version } = packageOf(finding);
  const open = () => showDetails(position);
  return element(
    'tr',
    { on: { click: (event) => !event.target.closest('button') && !getSelection().toString() && open() } },
    element('td', { class: 'severity' }, badge(severities[finding.s])),
    element(
      'td',
      { class: 'id' },
      element('button', { type: 'button', class: 'open', 'aria-haspopup': 'dialog', on: { click: open } }, id),
      summary && element('span', { class: 'what' }, summary),
    ),
    element('td', { class: 'package' }, element('strong', {}, name), element('span', { class: 'version' }, version)),
    element(
      'td',
      { class: 'fix' },
      hasFix(finding) ? element('span', { class: 'version fixed' }, finding.fixed) : states[finding.t].words,
    ),
    element(
      'td',
      { class: 'signals' },
      kev && element('span', { class: 'badge exploited' }, 'exploited'),
      kev && ' ',
      epss !== undefined && `EPSS ${(epss * 100).toFixed(1)} %`,
    ),
  );
}

function badge(severity, count) {
  return element(
    'span',
    { class: `badge ${severity}` },
    count === undefined ? severity : `${number.format(count)} ${severity}`,
  );
}

let visible = [];
let fillFindings = () => undefined;
let markSort = () => undefined;

function prepareFindings() {
  const table = document.getElementById('findings-table');
  if (!table) return;
  const form = document.getElementById('findings-filters');
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  fillFindings = growingTable({
    table,
    more: document.getElementById('findings-more').parentElement,
    emptyText: 'No finding matches these filters.',
    makeRow: findingRow,
  });
  markSort = sortableHeaders(table, (key) => {
    const { query } = parseAddress();
    const again = (query.get('sort') ?? 'severity') === key;
    changeQuery({ sort: key, order: again && query.get('order') !== 'reverse' ? 'reverse' : undefined });
  });
  const input = document.getElementById('findings-query');
  input.addEventListener('input', () => changeQuery({ q: input.value || undefined }));
  form.addEventListener('click', (event) => {
    const chip = event.target.closest('[data-filter]');
    if (chip) toggle(chip.dataset.filter, chip.dataset.value);
  });
  document.getElementById('findings-clear').addEventListener('click', () => {
    location.hash = '#findings';
    input.focus();
  });
}

/** Several severities can be on at once; of the other filters the last choice counts. */
function toggle(filter, value) {
  const values = (parseAddress().query.get(filter) ?? '').split(',').filter(Boolean);
  const without = values.filter((one) => one !== value);
  const next = without.length < values.length ? without : filter === 'severity' ? [...values, value] : [value];
  changeQuery({ [filter]: next.join(',') || undefined });
}

function changeQuery(changes) {
  const { query } = parseAddress();
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  history.replaceState(null, '', `#findings${text === '' ? '' : `?${text}`}`);
  showFindings(query);
}

function showFindings(query) {
  if (!document.getElementById('findings-table')) return;
  const key = query.get('sort') in comparisons ? query.get('sort') : 'severity';
  const descending = query.get('order') === 'reverse';
  visible = sorted(selected(query), comparisons[key], descending);
  fillFindings(visible);
  markSort({ key, descending });
  const input = document.getElementById('findings-query');
  if (input.value !== (query.get('q') ?? '')) input.value = query.get('q') ?? '';
  for (const chip of document.querySelectorAll('[data-filter]')) {
    const on = (query.get(chip.dataset.filter) ?? '').split(',').includes(chip.dataset.value);
    chip.setAttribute('aria-pressed', String(on));
  }
  showApplied(query);
  const total = findings.filter((finding) => finding.t !== unaffectedState).length;
  document.getElementById('findings-summary').textContent =
    visible.length === total
      ? counted(total, 'finding', 'findings')
      : `${number.format(visible.length)} of ${counted(total, 'finding', 'findings')}`;
}

/** Filters that have no button of their own: they come from links in the other panels. */
function showApplied(query) {
  const linked = ['source', 'package', 'layer', 'state'].filter((key) => query.has(key));
  const words = { source: 'built from', package: 'package', layer: 'layer', state: 'publisher says' };
  const said = (key) =>
    key === 'state' ? (states.find(({ id }) => id === query.get(key))?.words ?? query.get(key)) : query.get(key);
  document.getElementById('findings-applied').replaceChildren(
    ...linked.map((key) =>
      element(
        'button',
        {
          type: 'button',
          class: 'chip',
          'aria-pressed': 'true',
          'aria-label': `Remove filter: ${words[key]} ${said(key)}`,
          on: { click: () => changeQuery({ [key]: undefined }) },
        },
        `${words[key]} ${said(key)} ×`,
      ),
    ),
  );
  const filtered = [...query.keys()].some((key) => key !== 'sort' && key !== 'order');
  document.getElementById('findings-clear').hidden = !filtered;
}

// Details of one finding

const dialog = document.getElementById('details');

function showDetails(position) {
  const finding = visible[position];
  if (!finding) return;
  dialog.dataset.position = String(position);
  dialog.replaceChildren(...details(finding, position));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

function details(finding, position) {
  const vulnerability = vulnerabilityOf(finding);
  const owner = packageOf(finding);
  return [
    element(
      'header',
      {},
      element('span', { class: 'place' }, `${number.format(position + 1)} of ${number.format(visible.length)}`),
      step('Previous', position - 1),
      step('Next', position + 1),
      element('button', { type: 'button', on: { click: () => dialog.close() } }, 'Close'),
    ),
    element(
      'h2',
      { id: 'details-title' },
      vulnerability.id,
      badge(severities[finding.s]),
      vulnerability.kev && element('span', { class: 'badge exploited' }, 'exploited'),
    ),
    element('p', { class: 'text' }, vulnerability.summary ?? 'The publishers give no summary.'),
    pairs([
      ['Package', `${owner.name} ${owner.version}`],
      ['Built from', owner.source && `${owner.source} ${owner.sourceVersion}`],
      ['Fix', hasFix(finding) ? `fixed in ${finding.fixed}` : states[finding.t].words],
      ['Severity by', finding.by],
      ['Exploited', vulnerability.kev],
      [
        'EPSS',
        vulnerability.epss !== undefined &&
          `${(vulnerability.epss * 100).toFixed(2)} % in the next 30 days; higher than ${Math.floor(vulnerability.percentile * 100)} % of all`,
      ],
      ['Scores', vulnerability.scores?.join('\n')],
      ['Also known as', vulnerability.aliases?.join(', ')],
      ['Published', vulnerability.published],
      ['Recorded in', `/${owner.path}`],
      [
        'Layer',
        owner.layer !== undefined &&
          `${owner.layer} (${{ base: 'base image', own: 'yours' }[owner.part] ?? 'origin unknown'})`,
      ],
      ['Brought by', owner.instruction],
    ]),
    element('h3', {}, 'Why it is reported'),
    element(
      'ul',
      {},
      finding.evidence.map((text) => element('li', {}, text)),
    ),
    element('h3', {}, 'References'),
    references(vulnerability),
  ];
}

function step(title, position) {
  const exists = position >= 0 && position < visible.length;
  return element('button', { type: 'button', disabled: !exists, on: { click: () => moveTo(position, title) } }, title);
}

function moveTo(position, title) {
  showDetails(position);
  const buttons = [...dialog.querySelectorAll('header button')];
  (buttons.find((button) => button.textContent === title && !button.disabled) ?? buttons.at(-1))?.focus();
}

function pairs(list) {
  const known = list.filter(([, value]) => value);
  return element(
    'dl',
    { class: 'pairs' },
    known.map(([term, value]) => element('div', {}, element('dt', {}, term), element('dd', {}, value))),
  );
}

function references({ page, references: links }) {
  const all = [...new Set([page, ...links].filter(Boolean))];
  if (all.length === 0) return element('p', { class: 'muted' }, 'None given.');
  return element(
    'ul',
    {},
    all.map((link) =>
      element('li', {}, element('a', { href: link, rel: 'noopener noreferrer', target: '_blank' }, link)),
    ),
  );
}

dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
dialog.addEventListener('keydown', (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (step !== undefined) showDetails(Number(dialog.dataset.position) + step);
});

// Packages

const findingsByPackage = Map.groupBy(
  findings.filter((finding) => finding.t !== unaffectedState),
  (finding) => finding.p,
);

function packageRow({ position, one }) {
  const found = findingsByPackage.get(position) ?? [];
  const counts = severities
    .map((severity, index) => [severity, found.filter((finding) => finding.s === index).length])
    .filter(([, count]) => count > 0);
  const link = (children) =>
    element('a', { href: `#findings?${new URLSearchParams({ package: one.name })}`, class: 'counts' }, children);
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
    element('td', { class: 'licence' }, (one.licences ?? []).join(', ')),
    element('td', { class: 'layer' }, one.layer === undefined ? '' : String(one.layer)),
    element(
      'td',
      { class: 'found' },
      counts.length === 0
        ? element('span', { class: 'muted' }, 'none')
        : link(counts.map(([severity, count]) => badge(severity, count))),
    ),
  );
}

function preparePackages() {
  const table = document.getElementById('packages-table');
  if (!table) return;
  document.getElementById('packages-filters').hidden = false;
  document.getElementById('packages-filters').addEventListener('submit', (event) => event.preventDefault());
  const input = document.getElementById('packages-query');
  const all = packages.map((one, position) => ({
    one,
    position,
    worst: Math.min(99, ...(findingsByPackage.get(position) ?? []).map(({ s }) => s)),
  }));
  const text = ({ one }) =>
    [one.name, one.version, one.source, one.maintainer, ...(one.licences ?? [])].join('\n').toLowerCase();
  const by = {
    name: (a, b) => compare(a.one.name, b.one.name),
    source: (a, b) => compare(a.one.source ?? '', b.one.source ?? ''),
    licence: (a, b) => compare((a.one.licences ?? []).join(), (b.one.licences ?? []).join()),
    layer: (a, b) => (a.one.layer ?? -1) - (b.one.layer ?? -1),
    findings: (a, b) =>
      a.worst - b.worst ||
      (findingsByPackage.get(b.position)?.length ?? 0) - (findingsByPackage.get(a.position)?.length ?? 0),
  };
  const order = { key: 'name', descending: false };
  const fill = growingTable({
    table,
    more: document.getElementById('packages-more').parentElement,
    emptyText: 'No package matches.',
    makeRow: packageRow,
  });
  const mark = sortableHeaders(table, (key) => {
    order.descending = order.key === key && !order.descending;
    order.key = key;
    show();
  });
  function show() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = all.filter((row) => words.every((word) => text(row).includes(word)));
    const direction = order.descending ? -1 : 1;
    fill(matching.sort((a, b) => direction * by[order.key](a, b) || by.name(a, b)));
    mark(order);
    document.getElementById('packages-summary').textContent =
      matching.length === all.length
        ? counted(all.length, 'package', 'packages')
        : `${number.format(matching.length)} of ${counted(all.length, 'package', 'packages')}`;
  }
  input.addEventListener('input', show);
  show();
}

function prepareCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll('.copy')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector('code').textContent);
      button.textContent = 'Copied';
    });
  }
}

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target.matches('input') || dialog.open) return;
  event.preventDefault();
  const { panel } = parseAddress();
  if (panel !== 'packages' && panel !== 'findings') location.hash = '#findings';
  requestAnimationFrame(() =>
    document.getElementById(`${panel === 'packages' ? 'packages' : 'findings'}-query`)?.focus(),
  );
});

function follow() {
  const { panel, query } = parseAddress();
  showPanel(panel);
  if (panel === 'findings') showFindings(query);
}

prepareTabs();
prepareFindings();
preparePackages();
prepareCopying();
addEventListener('hashchange', follow);
follow();
