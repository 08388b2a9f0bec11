import { printable } from '#foundation/index.ts';
import { hanging, padTo, type Room, roomOf, severityStyle } from '#reporters/presentation.ts';
import type {
  ComplianceReport,
  ControlAssessment,
  Fact,
  FrameworkAssessment,
  MissingEvidence,
  Requirement,
  RequirementState,
} from '../report.ts';
import type { ComplianceFormat, FormatOptions } from './format.ts';
import {
  acceptedWords,
  attestationWords,
  placeWords,
  scoreWords,
  sourceWords,
  stateWords,
  summaryWords,
} from './wording.ts';

export const table: ComplianceFormat = {
  id: 'table',
  title: 'For a terminal: every requirement, what fails, what is not known and how to learn it',
  *render(report, options) {
    const view: View = { ...roomOf(options), report, verbose: options.verbose, controls: byId(report) };
    yield lines(sources(view));
    for (const framework of report.frameworks) yield lines(frameworkLines(view, framework));
    yield lines([...statements(view), ...problems(view)]);
  },
};

interface View extends Room, Pick<FormatOptions, 'verbose'> {
  readonly report: ComplianceReport;
  readonly controls: ReadonlyMap<string, ControlAssessment>;
}

function byId({ controls }: ComplianceReport): ReadonlyMap<string, ControlAssessment> {
  return new Map(controls.map((control) => [control.id, control]));
}

function lines(all: readonly string[]): string {
  return all.length === 0 ? '' : `${all.join('\n')}\n\n`;
}

function sources(view: View): string[] {
  const { evidence } = view.report;
  if (evidence.length === 0) return hanging(view, '! ', 'No scan report was given: nothing was looked at.', 'yellow');
  return evidence.flatMap((source, index) =>
    hanging(view, index === 0 ? 'Judged by  ' : '           ', sourceWords(source)),
  );
}

function frameworkLines(view: View, framework: FrameworkAssessment): string[] {
  const { title, version, summary, requirements } = framework;
  return [
    ...hanging(view, '', `${title}, ${version}`, 'bold'),
    ...hanging(view, '  ', summaryWords(summary)),
    ...hanging(view, '  ', `${scoreWords(summary)}. What is not known counts as not met.`),
    '',
    ...matrix(view, requirements),
    ...failures(view, requirements),
    ...unknown(view, requirements),
    ...acceptances(view, requirements),
  ];
}

const stateStyle = {
  pass: 'green',
  fail: 'red',
  partial: 'yellow',
  'not-assessed': 'yellow',
  manual: 'cyan',
  'not-applicable': 'dim',
} as const satisfies Record<RequirementState, string>;

const stateColumns = 14;

/** Fewer columns than this are no place for a title beside its number. */
const leastTitle = 24;

/** A line for each requirement: state, number, title, and how many findings stand against it. Long numbers leave the title the next line. */
function matrix(view: View, requirements: readonly Requirement[]): string[] {
  const clauseColumns = Math.max(6, ...requirements.map(({ clause }) => printable(clause).length)) + 2;
  const beside = 2 + stateColumns + 2 + clauseColumns;
  const isBelow = view.width - beside < leastTitle;
  const indent = isBelow ? 2 + stateColumns + 2 : beside;
  return requirements.flatMap((requirement) => {
    const { state, clause, title } = requirement;
    const lead = `  ${view.paint(stateStyle[state], padTo(stateWords[state], stateColumns))}  ${padTo(printable(clause), clauseColumns)}`;
    const words = `${title}${countWords(requirement)}`;
    const lines = hanging({ ...view, width: view.width - indent }, '', words).map((line) => ' '.repeat(indent) + line);
    return isBelow ? [lead.trimEnd(), ...lines] : [lead + (lines[0] ?? '').trimStart(), ...lines.slice(1)];
  });
}

function countWords({ counts, statement, state }: Requirement): string {
  const words = [
    ...(counts.failing > 0 ? [`${counts.failing} failing`] : []),
    ...(counts.accepted > 0 ? [`${counts.accepted} accepted`] : []),
    ...(counts.passed > 0 ? [`${counts.passed} passed`] : []),
    ...(statement === 'expired' ? ['statement expired'] : []),
    ...(state === 'manual' && statement === 'given' ? ['met by a statement'] : []),
  ];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

const shownControls = 12;
const shownFacts = 3;

/** What stands against the requirements, control by control, with what to do. */
function failures(view: View, requirements: readonly Requirement[]): string[] {
  const clauses = clausesOf(requirements, ({ controls }) =>
    controls.filter(({ state }) => state === 'fail').map(({ id }) => id),
  );
  const denied = requirements.filter(
    ({ attestation }) => attestation?.isExpired === false && attestation.state === 'not-met',
  );
  if (clauses.size === 0 && denied.length === 0) return [];
  const failing = [...clauses].flatMap(([id, of]) => {
    const control = view.controls.get(id);
    return control ? [{ control, of }] : [];
  });
  const worstFirst = failing.toSorted(
    (a, b) => rankOf(a.control) - rankOf(b.control) || b.control.counts.failing - a.control.counts.failing,
  );
  const shown = view.verbose ? worstFirst : worstFirst.slice(0, shownControls);
  return [
    '',
    ...hanging(view, '  ', 'What fails', 'bold'),
    ...shown.flatMap(({ control, of }) => failingControl(view, control, of)),
    ...more(view, worstFirst.length - shown.length, 'control'),
    ...denied.flatMap(({ clause, attestation }) =>
      attestation ? hanging(view, '  ', `${clause}: ${attestationWords(attestation)}: ${attestation.statement}`) : [],
    ),
  ];
}

const severityOrder = ['critical', 'high', 'medium', 'low', 'info', 'unknown'];

function rankOf({ parts }: ControlAssessment): number {
  return Math.min(
    ...parts.flatMap(({ failing }) => failing.slice(0, 1)).map(({ severity }) => severityOrder.indexOf(severity)),
    9,
  );
}

function failingControl(view: View, control: ControlAssessment, clauses: readonly string[]): string[] {
  const facts = control.parts.flatMap(({ failing }) => failing);
  const shown = view.verbose ? facts : facts.slice(0, shownFacts);
  const { attestation } = control;
  return [
    ...hanging(view, '  ', `${control.title}: it is not so`, 'bold'),
    ...hanging(view, '    ', `${control.id}, for ${clauses.join(', ')}`, 'dim'),
    ...shown.flatMap((fact) => factLines(view, fact)),
    ...(control.counts.failing > shown.length
      ? hanging(view, '    ', `… ${control.counts.failing - shown.length} more`, 'dim')
      : []),
    ...(attestation?.isExpired === false && attestation.state === 'not-met'
      ? hanging(view, '    ', `${attestationWords(attestation)}: ${attestation.statement}`)
      : []),
    ...hanging(view, '    To do: ', control.remedy),
  ];
}

function factLines(view: View, fact: Fact): string[] {
  const lead = `    ${view.paint(severityStyle[fact.severity], padTo(fact.severity, 8))}  `;
  const room = { ...view, width: view.width - 14 };
  const [first = '', ...rest] = hanging(room, '', `${fact.id}: ${fact.message}`);
  return [
    lead + first,
    ...rest.map((line) => ' '.repeat(14) + line),
    ...hanging(view, ' '.repeat(14), placeWords(fact), 'dim'),
  ];
}

const shownMissing = 12;

/** What is not known, once for all requirements that want it, and what brings it. */
function unknown(view: View, requirements: readonly Requirement[]): string[] {
  const open = requirements.filter(({ state }) => state !== 'fail' && state !== 'pass' && state !== 'not-applicable');
  const byWhy = new Map<string, { missing: MissingEvidence; clauses: string[] }>();
  for (const { clause, missing } of open)
    for (const one of missing) {
      const known = byWhy.get(one.why) ?? { missing: one, clauses: [] };
      known.clauses.push(clause);
      byWhy.set(one.why, known);
    }
  if (byWhy.size === 0) return [];
  const scansFirst = [...byWhy.values()].toSorted(
    (a, b) =>
      Number(b.missing.source === 'scan') - Number(a.missing.source === 'scan') || b.clauses.length - a.clauses.length,
  );
  const shown = view.verbose ? scansFirst : scansFirst.slice(0, shownMissing);
  return [
    '',
    ...hanging(view, '  ', 'What is not known, and how to learn it', 'bold'),
    ...shown.flatMap(({ missing, clauses }) => [
      ...hanging(view, '  - ', `${missing.why} (${clausesWords(clauses)})`),
      ...hanging(view, '    ', missing.how, 'cyan'),
    ]),
    ...more(view, scansFirst.length - shown.length, 'gap'),
  ];
}

const shownClauses = 6;

function clausesWords(clauses: readonly string[]): string {
  const rest = clauses.length - shownClauses;
  return `${clauses.slice(0, shownClauses).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** What somebody lives with: it is no pass. */
function acceptances(view: View, requirements: readonly Requirement[]): string[] {
  const clauses = clausesOf(requirements, ({ controls }) => controls.map(({ id }) => id));
  const facts = new Map<string, { fact: Fact; clauses: Set<string> }>();
  for (const [id, of] of clauses)
    for (const fact of view.controls.get(id)?.parts.flatMap(({ accepted }) => accepted) ?? []) {
      const known = facts.get(fact.key) ?? { fact, clauses: new Set() };
      for (const clause of of) known.clauses.add(clause);
      facts.set(fact.key, known);
    }
  if (facts.size === 0) return [];
  const all = [...facts.values()];
  const shown = view.verbose ? all : all.slice(0, shownMissing);
  return [
    '',
    ...hanging(view, '  ', `What is accepted though it is not so: ${facts.size}`, 'bold'),
    ...shown.flatMap(({ fact, clauses: of }) => [
      ...hanging(view, '  - ', `${fact.id}: ${fact.message} (${clausesWords([...of])})`),
      ...hanging(view, '    ', acceptedWords(fact), 'dim'),
    ]),
    ...more(view, all.length - shown.length, 'finding'),
  ];
}

/** Controls, and the clauses that each is about. */
function clausesOf(
  requirements: readonly Requirement[],
  ids: (requirement: Requirement) => readonly string[],
): Map<string, string[]> {
  const clauses = new Map<string, string[]>();
  for (const requirement of requirements)
    for (const id of ids(requirement)) clauses.set(id, [...(clauses.get(id) ?? []), requirement.clause]);
  return clauses;
}

function more(view: View, count: number, noun: string): string[] {
  return count > 0 ? hanging(view, '  ', `… ${count} more ${noun}${count === 1 ? '' : 's'}; -v shows all`, 'dim') : [];
}

function statements(view: View): string[] {
  const { attestations } = view.report;
  if (attestations.length === 0) return [];
  return [
    ...hanging(view, '', 'Statements', 'bold'),
    ...attestations.flatMap((one) => {
      const about = 'control' in one.subject ? one.subject.control : `${one.subject.framework} ${one.subject.clause}`;
      const unused = one.isUsed ? '' : ' (not about what this report speaks of)';
      const words = `${about}: ${attestationWords(one)}: ${one.statement}${unused}`;
      return hanging(view, one.isExpired ? '  ! ' : '  - ', words, one.isExpired ? 'yellow' : undefined);
    }),
  ];
}

function problems(view: View): string[] {
  return view.report.problems.flatMap(({ message }) => hanging(view, '! ', message, 'yellow'));
}
