import { licenceCategories } from '#licences/index.ts';
import { type Decision, type InstalledPackage, isClosing, severities } from '#model/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { packageKey } from '../../identity.ts';
import { jsonText, lazily, Rows } from '../../json-text.ts';
import { vulnerabilitiesOf } from '../../tally.ts';
import { capitalised, dateWords, decisionSourceWords, licenceCategoryWords, stateWords } from '../../wording.ts';
import type { PageModel } from '../model.ts';
import { packageRow } from './package-row.ts';
import { Receipts } from './receipts.ts';
import { Table } from './table.ts';
import { text } from './text.ts';
import { findingRow, states, vulnerabilityKey, vulnerabilityRow } from './vulnerability-row.ts';

/**
 * What the page's script works on: tables that refer to each other by position, because the same package and the same
 * vulnerability stand in many findings. `browser/dataset.js` reads exactly this.
 */
export function datasetText({ report, windows, categoryOf }: PageModel): Iterable<string> {
  const packages = new Table<InstalledPackage>(packageKey);
  for (const one of report.packages) packages.indexOf(one);
  const vulnerabilities = new Table<VulnerabilityFinding>(vulnerabilityKey);
  const receipts = new Receipts(windows);
  const decisions = new Table<Decision>((one) => JSON.stringify(one));
  const rows = vulnerabilitiesOf(report).map((one) =>
    findingRow(one, {
      vulnerability: vulnerabilities.indexOf(one),
      owner: packages.indexOf(one.package),
      receipt: one.priority && receipts.indexOf(one.priority),
      decision: one.decision && decisions.indexOf(one.decision),
    }),
  );
  return escapeForScript(
    jsonText({
      severities,
      states: states.map((id) => ({ id, words: stateWords[id] })),
      categories: licenceCategories.map((id) => ({ id, words: licenceCategoryWords[id] })),
      decisions: decisions.items.map(decisionRow),
      ...receipts.tables(),
      packages: new Rows(lazily(packages.items, (one) => packageRow(one, categoryOf(one)))),
      vulnerabilities: new Rows(lazily(vulnerabilities.items, vulnerabilityRow)),
      findings: new Rows(rows),
    }),
  );
}

function decisionRow(one: Decision): unknown {
  return {
    closes: isClosing(one),
    state: one.state.replaceAll('-', ' '),
    by: capitalised(decisionSourceWords[one.source]),
    reason: text(one.reason),
    justification: text(one.justification?.replaceAll('_', ' ')),
    author: text(one.author),
    expires: text(one.expires && dateWords(one.expires)),
    file: text(one.statedIn),
  };
}

/** Inside a script element `</script` and `<!--` would end or change it; no character of markup stays. */
function* escapeForScript(texts: Iterable<string>): Iterable<string> {
  for (const one of texts) yield one.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
