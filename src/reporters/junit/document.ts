import { printable } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { xmlText } from '../xml-text.ts';
import { type Suite, suitesOf, type TestCase } from './suites.ts';

/** Suites of tests with their sums, as Jenkins, GitLab and their kind read them. */
export function* junitDocument(report: ScanReport): Iterable<string> {
  const suites = suitesOf(report);
  const seconds = (report.statistics.durationMs / 1000).toFixed(3);
  const all = suites.flatMap(({ cases }) => cases);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="plimsoll" time="${seconds}" ${sums(all)}>\n`;
  for (const suite of suites) yield* suiteElement(suite, report);
  yield '</testsuites>\n';
}

/** The outermost element has no number of skipped tests. */
function sums(cases: readonly TestCase[]): string {
  const count = (wanted: TestCase['outcome']) => cases.filter(({ outcome }) => outcome === wanted).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`;
}

function* suiteElement({ name, cases }: Suite, report: ScanReport): Iterable<string> {
  const skipped = cases.filter(({ outcome }) => outcome === 'skipped').length;
  const timestamp = report.createdAt.slice(0, 19);
  const head = `name="${shown(name)}" ${sums(cases)} skipped="${skipped}" time="0" timestamp="${shown(timestamp)}"`;
  yield `  <testsuite ${head} package="${shown(report.artifact.name)}">\n`;
  for (const one of cases) yield caseElement(one);
  yield '  </testsuite>\n';
}

function caseElement({ name, classname, outcome, type, message, text }: TestCase): string {
  const head = `    <testcase name="${shown(name)}" classname="${shown(classname)}" time="0"`;
  if (outcome === 'passed') return `${head}/>\n`;
  const body = text().map(shown).join('\n');
  return `${head}>\n      <${outcome} type="${shown(type)}" message="${shown(message)}">${body}</${outcome}>\n    </testcase>\n`;
}

/** Readers show names and messages decoded, so what acts on a screen must not be in them either. */
function shown(text: string): string {
  return xmlText(printable(text));
}
