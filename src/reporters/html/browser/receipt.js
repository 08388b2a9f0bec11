import { counterfactuals, decisionOf, facts, receiptOf, windows } from './dataset.js';
import { element, list, pairs } from './elements.js';

/** What was decided about a finding, and by whom; nothing when nobody did. */
export function decisionParts(finding) {
  const decision = decisionOf(finding);
  if (!decision) return [];
  const told = pairs([
    ['Because', decision.reason],
    ['Justification', decision.justification],
    ['By', decision.author ? `${decision.author}, in ${decision.by}` : decision.by],
    ['Until', decision.expires],
    ['Written in', decision.file],
  ]);
  const counts = decision.closes ? 'it does not count' : 'it still counts';
  return [
    element(
      'section',
      { class: 'notice' },
      element('p', {}, element('strong', {}, `Decided: ${decision.state}; ${counts}`)),
      told,
    ),
  ];
}

/** How soon, and everything that is needed to check the answer by hand; nothing when nobody asked. */
export function receiptParts(finding) {
  const receipt = receiptOf(finding);
  if (!receipt) return [];
  const { w, base, forensics, steps = [], rank, policy } = receipt;
  return [
    element('h3', {}, `How soon: ${windows[w].title}`),
    forensics && element('p', {}, element('strong', {}, 'Look for traces of a break-in as well.')),
    list([
      `The base table says ${windows[base].title}.`,
      ...steps,
      `Rank ${rank.toFixed(1)} of 100 among those of the same window; policy ${policy}.`,
    ]),
    factTable(receipt.f.map((position) => facts[position])),
    ...whatWouldChange(receipt.c.map((position) => counterfactuals[position])),
  ];
}

function factTable(rows) {
  const titles = ['Question', 'Answer', 'Effect'].map((title) => element('th', { scope: 'col' }, title));
  const body = rows.map(({ question, value, said, effect }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, question),
      element('td', {}, element('strong', {}, value), said && element('span', { class: 'said' }, said)),
      element('td', { class: 'muted' }, effect),
    ),
  );
  return element(
    'table',
    { class: 'facts-asked' },
    element('thead', {}, element('tr', {}, titles)),
    element('tbody', {}, body),
  );
}

function whatWouldChange(others) {
  if (others.length === 0) return [];
  return [
    element('h3', {}, 'What would change that'),
    list(others.map(({ change, w }) => `${change}: ${windows[w].title}`)),
  ];
}
