import {
  findings,
  hasFix,
  isDecided,
  packageOf,
  receiptOf,
  severities,
  states,
  unaffectedState,
  vulnerabilityOf,
  windows,
} from './dataset.js';
import { compare } from './elements.js';

/** What a finding is asked for each filter of the address; `values` is the filter's value, split at commas. */
const filterTests = {
  severity: (finding, values) => values.includes(severities[finding.s]),
  state: (finding, values) => values.includes(stateWithoutFix(finding)),
  fix: (finding, values) => values.includes(hasFix(finding) ? 'yes' : 'no'),
  soon: (finding, values) => values.includes(windows[receiptOf(finding)?.w]?.id),
  exploited: (finding) => vulnerabilityOf(finding).kev !== undefined,
  layer: (finding, values) => values.includes(String(packageOf(finding).layer)),
  source: (finding, values) => values.includes(packageOf(finding).source ?? packageOf(finding).name),
  package: (finding, values) => values.includes(packageOf(finding).name),
};

/** As the overview counts what stays: said to be fixed without a version counts as not fixed yet. */
function stateWithoutFix(finding) {
  const { id } = states[finding.t];
  return id === 'fixed' && !hasFix(finding) ? 'affected' : id;
}

/** The findings that the address asks for, and how many were left out because somebody decided about them. */
export function selectFindings(query) {
  const tests = Object.keys(filterTests)
    .filter((key) => query.has(key))
    .map((key) => [filterTests[key], valuesOf(query, key)]);
  const words = wordsOf(query.get('q') ?? '');
  const unaffectedToo = valuesOf(query, 'state').includes('not-affected');
  const matching = findings.filter(
    (finding) =>
      (unaffectedToo || finding.t !== unaffectedState) &&
      tests.every(([test, values]) => test(finding, values)) &&
      words.every((word) => searchText(finding).includes(word)),
  );
  const rows = query.has('decided') ? matching : matching.filter((finding) => !isDecided(finding));
  return { rows, hidden: matching.length - rows.length };
}

export function valuesOf(query, key) {
  return (query.get(key) ?? '').split(',').filter(Boolean);
}

export function wordsOf(text) {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

const searchTexts = new Map();

/** What the search looks through; made once for a finding, when it is first asked for. */
function searchText(finding) {
  let text = searchTexts.get(finding);
  if (text === undefined) {
    const { id, aliases = [], summary = '' } = vulnerabilityOf(finding);
    const { name, version, source = '' } = packageOf(finding);
    text = [id, ...aliases, name, version, source, summary].join('\n').toLowerCase();
    searchTexts.set(finding, text);
  }
  return text;
}

const exploitedFirst = (a, b) => Number(Boolean(vulnerabilityOf(b).kev)) - Number(Boolean(vulnerabilityOf(a).kev));
const soonerFirst = (a, b) => {
  const [left, right] = [receiptOf(a), receiptOf(b)];
  if (!left || !right) return Number(left === undefined) - Number(right === undefined);
  return left.w - right.w || right.rank - left.rank;
};
const likelyFirst = (a, b) => (vulnerabilityOf(b).epss ?? -1) - (vulnerabilityOf(a).epss ?? -1);
const byId = (a, b) => compare(vulnerabilityOf(a).id, vulnerabilityOf(b).id);

/** Orders by the column's key. `urgency` is the order of the whole report. */
export const findingOrders = {
  urgency: (a, b) => soonerFirst(a, b) || exploitedFirst(a, b) || a.s - b.s || likelyFirst(a, b),
  severity: (a, b) => a.s - b.s || exploitedFirst(a, b) || likelyFirst(a, b),
  id: byId,
  package: (a, b) => compare(packageOf(a).name, packageOf(b).name),
  fix: (a, b) => Number(hasFix(b)) - Number(hasFix(a)) || a.t - b.t || compare(a.fixed ?? '', b.fixed ?? ''),
  soon: soonerFirst,
  signals: (a, b) => exploitedFirst(a, b) || likelyFirst(a, b),
};

export function sortFindings(rows, key, descending) {
  const direction = descending ? -1 : 1;
  return rows.toSorted((a, b) => direction * findingOrders[key](a, b) || a.s - b.s || byId(a, b) || a.p - b.p);
}
