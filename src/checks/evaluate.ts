import type { Problem } from '#foundation/index.ts';
import type { FileLocation, LayerOrigin } from '#model/index.ts';
import type { Check, CheckHit } from './check.ts';
import type { MisconfigurationFinding } from './finding.ts';
import { decisionOf, type InlineIgnore } from './ignore.ts';
import { checks } from './registry.ts';
import type { SubjectKind, Subjects } from './subjects.ts';

/** A document written to fail one check everywhere must not fill the report. */
const MAX_HITS = 200;

export interface EvaluationOptions {
  /** The layer that the document lies in. */
  readonly layer?: LayerOrigin;
  /** What the document's own comments accept. */
  readonly ignores?: readonly InlineIgnore[];
  /** ISO date or time to judge the ends of ignores by; without it they do not end. */
  readonly today?: string;
  /** Ids of checks that are not asked. */
  readonly disabled?: readonly string[];
}

/** What asking every check of a subject about one document gave. */
export interface ChecksEvaluation {
  /** By place in the document. */
  readonly findings: readonly MisconfigurationFinding[];
  /** Ids of checks that applied and found nothing. */
  readonly passed: readonly string[];
  /** Ids of checks with at least one finding. */
  readonly failed: readonly string[];
  /** Ids of checks whose question did not arise. */
  readonly notApplicable: readonly string[];
  /** What could not be looked at. */
  readonly notAssessed: readonly NotAssessed[];
  readonly problems: readonly Problem[];
}

/** A document, or a part of it, that no check could judge: never the same as one that passes. */
export interface NotAssessed {
  readonly path: string;
  readonly reason: string;
  /** Id of the check whose evidence was missing. Absent where no check could be asked. */
  readonly check?: string;
}

/**
 * Asks every check of the subject's kind.
 *
 * @param path of the document, no leading slash; of an image's configuration, what the report calls it
 */
export function evaluateChecks<Kind extends SubjectKind>(
  kind: Kind,
  subject: Subjects[Kind],
  path: string,
  options: EvaluationOptions = {},
): ChecksEvaluation {
  const answers = checksOf(kind, options.disabled ?? []).map((check) => answerOf(check, subject, path));
  const locations = new Locations(path, options.layer);
  const findings = answers
    .flatMap(({ check, hits }) => hits.map((hit) => findingOf(check, hit, locations, options)))
    .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
  return {
    findings,
    passed: idsOf(answers, 'passed'),
    failed: idsOf(answers, 'failed'),
    notApplicable: idsOf(answers, 'not-applicable'),
    notAssessed: answers.flatMap((answer) => notAssessedIn(answer, path)),
    problems: answers.flatMap(({ problem }) => problem ?? []),
  };
}

const checksByKind: ReadonlyMap<SubjectKind, readonly Check[]> = Map.groupBy(checks, ({ subject }) => subject);

function checksOf(kind: SubjectKind, disabled: readonly string[]): readonly Check[] {
  const all = checksByKind.get(kind) ?? [];
  return disabled.length === 0 ? all : all.filter(({ id }) => !disabled.includes(id));
}

interface Answer {
  readonly check: Check;
  readonly state: 'passed' | 'failed' | 'not-applicable' | 'not-answered' | 'broken';
  readonly hits: readonly CheckHit[];
  readonly problem?: Problem;
  readonly failure?: string;
}

function notAssessedIn({ check, state, failure }: Answer, path: string): NotAssessed[] {
  if (failure === undefined) return [];
  return [{ path, reason: failure, ...(state === 'not-answered' && { check: check.id }) }];
}

function idsOf(answers: readonly Answer[], wanted: Answer['state']): string[] {
  return answers.filter(({ state }) => state === wanted).map(({ check }) => check.id);
}

/** An error in one check must cost neither the other checks nor the scan; it is said, as silence would read as a pass. */
function answerOf(check: Check, subject: Subjects[SubjectKind], path: string): Answer {
  try {
    const outcome = check.evaluate(subject);
    if ('notApplicable' in outcome) return { check, state: 'not-applicable', hits: [] };
    if ('notAssessed' in outcome) return { check, state: 'not-answered', hits: [], failure: outcome.notAssessed };
    const bounded = boundedHits(check, outcome, path);
    return { check, state: bounded.hits.length > 0 ? 'failed' : 'passed', ...bounded };
  } catch (error) {
    const failure = `the check ${check.id} failed: ${error instanceof Error ? error.message : String(error)}`;
    const problem: Problem = {
      code: 'check-failed',
      message: `${failure}. Please report it with the file`,
      effect: 'incomplete',
      subject: path,
    };
    return { check, state: 'broken', hits: [], problem, failure };
  }
}

function boundedHits({ id }: Check, hits: Iterable<CheckHit>, path: string): { hits: CheckHit[]; problem?: Problem } {
  const kept: CheckHit[] = [];
  for (const hit of hits) {
    if (kept.length < MAX_HITS) kept.push(hit);
    else return { hits: kept, problem: tooMany(id, path) };
  }
  return { hits: kept };
}

function tooMany(id: string, path: string): Problem {
  const message = `the file fails ${id} in more than ${MAX_HITS} places: the first ${MAX_HITS} are listed`;
  return { code: 'check-hits-limited', message, effect: 'degraded', subject: path };
}

/** One for all findings in a line: of a workload there are dozens. */
class Locations {
  readonly path: string;
  readonly #layer: LayerOrigin | undefined;
  readonly #byLine = new Map<number, FileLocation>();

  constructor(path: string, layer: LayerOrigin | undefined) {
    this.path = path;
    this.#layer = layer;
  }

  at(line: number): FileLocation {
    const known = this.#byLine.get(line);
    if (known !== undefined) return known;
    const location = { path: this.path, line, ...(this.#layer && { layer: this.#layer }) };
    this.#byLine.set(line, location);
    return location;
  }
}

const MAX_TEXTS = 10_000;
const knownTexts = new Map<string, string>();

/** One copy of a text that many findings have: what is wrong in one manifest is wrong in its neighbours, in the same words. */
function shared(text: string): string {
  const known = knownTexts.get(text);
  if (known !== undefined) return known;
  if (knownTexts.size < MAX_TEXTS) knownTexts.set(text, text);
  return text;
}

function findingOf(
  check: Check,
  hit: CheckHit,
  locations: Locations,
  options: EvaluationOptions,
): MisconfigurationFinding {
  const { ignores = [], today } = options;
  const inForce = ignores.filter(({ expires }) => !expires || !today || today.slice(0, 10) <= expires);
  const decision = decisionOf(inForce, check, hit.position.line, locations.path);
  return {
    kind: 'misconfiguration',
    id: check.id,
    subject: check.subject,
    severity: hit.severity ?? check.severity,
    title: check.title,
    message: shared(hit.message),
    rationale: check.rationale,
    remediation: hit.remediation === undefined ? check.remediation : shared(hit.remediation),
    location: locations.at(hit.position.line),
    position: hit.position,
    controls: check.controls,
    references: check.references,
    ...(hit.resource && { resource: hit.resource }),
    ...(hit.fix && { fix: hit.fix }),
    ...(hit.fix && hit.fixMayBreak !== undefined && { fixMayBreak: hit.fixMayBreak }),
    ...(decision && { decision }),
  };
}
