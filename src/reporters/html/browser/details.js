import { hasFix, packageOf, severities, states, vulnerabilityOf } from './dataset.js';
import { badge, element, list, number, pairs } from './elements.js';
import { decisionParts, receiptParts } from './receipt.js';

const dialog = document.getElementById('details');
let shownRows = [];
let shownAt = 0;

/** Opens the details of one of `rows`; the reader can walk on from it to its neighbours. */
export function openDetails(rows, position) {
  shownRows = rows;
  showDetails(position);
  if (!dialog.open) dialog.showModal();
}

export function detailsAreOpen() {
  return dialog.open;
}

export function prepareDetails() {
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'j') showDetails(shownAt + 1);
    if (key === 'k') showDetails(shownAt - 1);
  });
}

function showDetails(position) {
  const finding = shownRows[position];
  if (!finding) return;
  shownAt = position;
  const vulnerability = vulnerabilityOf(finding);
  const parts = [
    toolbar(),
    element(
      'h2',
      { id: 'details-title' },
      vulnerability.id,
      badge(severities[finding.s]),
      vulnerability.kev && element('span', { class: 'badge exploited' }, 'exploited'),
    ),
    ...decisionParts(finding),
    element('p', { class: 'text' }, vulnerability.summary ?? 'The publishers give no summary.'),
    pairs([...packageFacts(finding), ...vulnerabilityFacts(finding, vulnerability)]),
    ...receiptParts(finding),
    element('h3', {}, 'Why it is reported'),
    list(finding.evidence),
    element('h3', {}, 'References'),
    list([vulnerability.page, ...vulnerability.references].filter(Boolean).map(link)),
  ];
  dialog.replaceChildren(...parts.filter(Boolean));
  dialog.scrollTop = 0;
}

function toolbar() {
  const step = (title, position) => {
    const press = { click: () => walkTo(position, title) };
    return element('button', { type: 'button', disabled: !shownRows[position], on: press }, title);
  };
  return element(
    'header',
    {},
    element('span', { class: 'place' }, `${number(shownAt + 1)} of ${number(shownRows.length)}`),
    step('Previous', shownAt - 1),
    step('Next', shownAt + 1),
    element('button', { type: 'button', on: { click: () => dialog.close() } }, 'Close'),
  );
}

/** The buttons are made anew: the focus goes to the one that was pressed, or to the last when there is no way further. */
function walkTo(position, title) {
  showDetails(position);
  const buttons = [...dialog.querySelectorAll('header button:enabled')];
  (buttons.find((button) => button.textContent === title) ?? buttons.at(-1)).focus();
}

function packageFacts(finding) {
  const owner = packageOf(finding);
  const part = { base: 'base image', own: 'yours' }[owner.part] ?? 'origin unknown';
  return [
    ['Package', `${owner.name} ${owner.version}`],
    ['Built from', owner.source && `${owner.source} ${owner.sourceVersion}`],
    ['Fix', hasFix(finding) ? `fixed in ${finding.fixed}` : states[finding.t].words],
    ['Because of', finding.because?.join(' › ')],
    ['Recorded in', owner.path],
    ['Installed by', owner.owner],
    ['Layer', owner.layer !== undefined && `${owner.layer} (${part})`],
    ['Brought by', owner.instruction],
  ];
}

function vulnerabilityFacts(finding, { kev, epss, percentile, scores, aliases, published }) {
  const likelihood = () =>
    `${(epss * 100).toFixed(2)} % in the next 30 days, higher than for ${Math.floor(percentile * 100)} % of all vulnerabilities`;
  return [
    ['Severity by', finding.by],
    ['Exploited', kev],
    ['EPSS', epss !== undefined && likelihood()],
    ['Scores', scores?.join(', ')],
    ['Also known as', aliases?.join(', ')],
    ['Published', published],
  ];
}

function link(address) {
  return element('a', { href: address, rel: 'noopener noreferrer', target: '_blank' }, address);
}
