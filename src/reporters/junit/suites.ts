import type { Decision } from '#model/index.ts';
import { isOpen } from '#policy/index.ts';
import type { Finding, ScanReport } from '#scan/index.ts';
import { type DecisionNote, decisionNotes } from '../decision-notes.ts';
import { holesOf } from '../holes.ts';
import { describe } from '../sarif/kinds/index.ts';
import { groupBy } from '../tally.ts';
import { counted, decisionWords, isWholeAnswer } from '../wording.ts';

export interface Suite {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

export interface TestCase {
  readonly name: string;
  /** What lists put tests together by: the file, or the package. */
  readonly classname: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  /** Severity of a failure, code of an error. */
  readonly type: string;
  readonly message: string;
  /** Made when it is written: a large report is never one text. */
  text(): string[];
}

/** What was looked for, each with its findings; a finding fails, a decision skips it, and what could not be looked at is an error. */
export function suitesOf(report: ScanReport): Suite[] {
  const byKind = groupBy(report.findings, ({ kind }) => kind);
  const kinds = new Set<Finding['kind']>([...report.scanners, ...byKind.keys()]);
  const suites = [...kinds].map((kind) => ({ name: kind, cases: casesOf(kind, byKind.get(kind) ?? [], report) }));
  const policies = report.verdict ? [{ name: 'policy', cases: policyCases(report, report.verdict) }] : [];
  return [...suites, ...policies, { name: 'assessment', cases: assessment(report) }];
}

/** A denial fails; what policies warn of, note or let through is skipped; what they could not decide is an error. */
function policyCases(report: ScanReport, { policies, notDecided }: NonNullable<ScanReport['verdict']>): TestCase[] {
  const met = policies.filter(({ failed, objects }) => failed === 0 && objects > 0);
  return [
    ...met.map(({ policy, objects }) => passed(`${policy} (${counted(objects, 'object')})`, 'policy')),
    ...decisionNotes(report).map(noteCase),
    ...notDecided.map((text) => errorCase('not-decided', text, 'policy')),
  ];
}

function noteCase({ outcome, policy, title, severity, message, path, file, line, exception }: DecisionNote): TestCase {
  const place = `${file ?? path}:${line}`;
  return {
    name: `${policy}: ${title} (${place})`,
    classname: 'policy',
    outcome: outcome === 'denied' ? 'failure' : 'skipped',
    type: severity,
    message: exception ?? message,
    text: () => [`${place}: ${message}`],
  };
}

function casesOf(kind: Finding['kind'], findings: readonly Finding[], report: ScanReport): TestCase[] {
  if (kind !== 'misconfiguration')
    return findings.length > 0 ? findings.map((one) => findingCase([one])) : [nothingFound(kind, report)];
  const groups = groupBy(findings, (one) => `${isOpen(one)}\0${one.id}\0${describe(one).path}`);
  return [...passedChecks(report), ...[...groups.values()].map(findingCase)];
}

/** Passed only where all was looked at: unknown is not clean. */
function nothingFound(kind: Finding['kind'], report: ScanReport): TestCase {
  const one = passed(`no ${kind} found`, kind);
  const isWhole = kind === 'vulnerability' ? isWholeAnswer(report) : report.assessment === 'complete';
  if (isWhole) return one;
  const message = 'Nothing was found in what could be looked at; the suite "assessment" says what could not.';
  return { ...one, outcome: 'skipped', type: 'incomplete', message, text: () => [message] };
}

/** Of a check that found nothing, the report says of how many documents. */
function passedChecks({ checks }: ScanReport): TestCase[] {
  return Object.entries(checks?.byCheck ?? {}).flatMap(([id, tally]) =>
    tally.failed === 0 && tally.passed > 0 ? [passed(`${id} (${counted(tally.passed, 'document')})`, 'checks')] : [],
  );
}

function passed(name: string, classname: string): TestCase {
  return { name, classname, outcome: 'passed', type: '', message: '', text: () => [] };
}

/** Findings of one check in one file are one test. */
function findingCase(findings: readonly Finding[]): TestCase {
  const [first] = findings;
  if (!first) return passed('', '');
  const { rule, message, path, severity } = describe(first);
  const open = isOpen(first);
  const rest = findings.length > 1 ? ` (and in ${counted(findings.length - 1, 'more place')})` : '';
  return {
    name: nameOf(first, rule.title),
    classname: path === '' ? first.kind : path,
    outcome: open ? 'failure' : 'skipped',
    type: severity,
    message: open ? `${severity}: ${message}${rest}` : closedWords(first.decision),
    text: () => [...findings.map(placeLine), rule.text, ...rule.lines, ...rule.references.slice(0, MAX_REFERENCES)],
  };
}

const MAX_REFERENCES = 10;

function nameOf(finding: Finding, title: string): string {
  if (finding.kind === 'vulnerability')
    return `${finding.id} in ${finding.package.name} ${finding.package.version}`.trimEnd();
  return `${finding.id}: ${title}`;
}

function closedWords(decision: Decision | undefined): string {
  return decision ? decisionWords(decision) : 'not affected, says the publisher';
}

function placeLine(finding: Finding): string {
  const { path, line, message } = describe(finding);
  return `${path}:${line}: ${message}`;
}

function assessment(report: ScanReport): TestCase[] {
  const holes = holesOf(report);
  const cases = holes.map(({ id, effect, text }): TestCase => {
    const one = errorCase(id, text, 'assessment');
    // A note takes nothing from the answer.
    return effect === 'note' ? { ...one, outcome: 'skipped' } : one;
  });
  const whole = report.assessment === 'complete' ? [passed('the answer is complete', 'assessment')] : [];
  return [...whole, ...cases];
}

function errorCase(id: string, text: string, classname: string): TestCase {
  return { name: `${id}: ${text}`, classname, outcome: 'error', type: id, message: text, text: () => [text] };
}
