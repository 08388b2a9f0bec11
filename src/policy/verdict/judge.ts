import type { Cause } from '#expressions/index.ts';
import type { Problem } from '#foundation/index.ts';
import { compareTexts } from '#foundation/index.ts';
import { type JsonObject, listAt, objectAt, textAt, textsAt } from '#manifests/index.ts';
import { type FindingBase, severityRank } from '#model/index.ts';
import { redactSecrets } from '#secrets/index.ts';
import {
  type AdmissionSet,
  evaluateAdmission,
  explainFailure,
  type Failure,
  type ManifestObject,
  type Verdict,
} from '../admission/index.ts';
import { applyExceptions } from '../exceptions/apply.ts';
import type { Exception } from '../exceptions/exception.ts';
import type { LoadedPolicies, PolicyDescription } from '../packs/index.ts';
import { subjectOf } from '../subject.ts';
import { type PolicySubject, subjectGroup, subjectsOf } from '../subjects/index.ts';
import { type Denial, denialOf } from './denial.ts';
import type { AskedPolicy, PolicyDecision, PolicyVerdict } from './verdict.ts';

export interface JudgeOptions {
  readonly exceptions: readonly Exception[];
  /** Every name of what was scanned, for exceptions that are for one artifact. */
  readonly artifact: readonly string[];
  /** ISO date. */
  readonly today: string;
  /** Explain every decision; without it the first hundred of each policy, as nobody reads thousands that say the same. */
  readonly explainAll?: boolean;
}

const EXPLAINED = 100;
const NOTHING_SAID: readonly string[] = [];

export interface JudgedSubject {
  readonly object: ManifestObject;
  readonly finding?: FindingBase;
}

/** The policies that may be about one of our own kinds. */
interface OwnPolicies {
  readonly asked: AdmissionSet;
  /** Answers of the others, which are not about it. */
  readonly passedOver: number;
}

type Counts = { -readonly [member in keyof PolicyVerdict['evaluations']]: number };

/** Asks policies about objects, group by group, and keeps what they decide and not the objects. */
export class Judge {
  readonly #policies: Pick<LoadedPolicies, 'set' | 'descriptions'>;
  readonly #options: JudgeOptions;
  readonly #counts: Counts = { passed: 0, failed: 0, skipped: 0, ignored: 0 };
  readonly #texts = new Map<string, string>();
  readonly #asked = new Map<string, { objects: number; failed: number }>();
  /** Decisions of each policy. */
  readonly #decided = new Map<string, number>();
  readonly #decisions: PolicyDecision[] = [];
  readonly #exceptions: readonly Exception[];
  /** Of each decision, where there are exceptions that may be for it. */
  readonly #denials: Denial[] = [];
  readonly #ours: AdmissionSet;
  readonly #byKind = new Map<string, OwnPolicies>();
  readonly #cluster: AdmissionSet;

  constructor(policies: Pick<LoadedPolicies, 'set' | 'descriptions'>, options: JudgeOptions) {
    this.#policies = policies;
    this.#options = options;
    this.#exceptions = options.exceptions.filter(({ kind }) => kind === 'policy');
    const { set } = policies;
    this.#ours = { ...set, policies: set.policies.filter(({ constraints }) => subjectsOf(constraints).length > 0) };
    this.#cluster = { ...set, policies: set.policies.filter(({ constraints }) => isAboutCluster(constraints)) };
    for (const { name } of set.policies) this.#asked.set(name, { objects: 0, failed: 0 });
  }

  /** The kinds of our own that some policy is about. */
  get subjects(): ReadonlySet<PolicySubject['kind']> {
    return new Set(this.#ours.policies.flatMap(({ constraints }) => subjectsOf(constraints)).map(({ kind }) => kind));
  }

  get isAboutCluster(): boolean {
    return this.#cluster.policies.length > 0;
  }

  /** Objects of Kubernetes that are applied together. */
  judgeManifests(objects: readonly ManifestObject[]): void {
    const files = new Map(objects.map((object) => [object.place(), object.file]));
    for (const verdict of evaluateAdmission(this.#cluster, objects)) this.#take(verdict, files.get(verdict.place));
  }

  /** Objects of our own kinds, one by one, with the findings that they were made of: there may be hundreds of thousands. */
  judgeSubjects(subjects: Iterable<JudgedSubject>): void {
    for (const { object, finding } of subjects) {
      const { asked, passedOver } = this.#policiesAbout(textAt(object.json, 'kind') ?? '');
      this.#counts.skipped += passedOver;
      for (const verdict of evaluateAdmission(asked, [object])) this.#take(verdict, object.file, finding);
    }
  }

  #policiesAbout(kind: string): OwnPolicies {
    const known = this.#byKind.get(kind) ?? ownPolicies(this.#ours, kind);
    this.#byKind.set(kind, known);
    return known;
  }

  /** Puts together what was decided. `holes`: why something could not be asked, one sentence each. */
  verdict(holes: readonly string[]): { readonly verdict: PolicyVerdict; readonly problems: readonly Problem[] } {
    const excepted = applyExceptions(this.#denials, this.#exceptions, this.#options);
    const decisions = this.#decisions.map((decision, index): PolicyDecision => {
      const exception = excepted.findings[index]?.decision;
      return exception === undefined ? decision : { ...decision, outcome: 'excepted', exception };
    });
    // That there is no finding is an answer; that there is no image is none.
    const isAnything = this.subjects.has('Finding') || [...this.#asked.values()].some(({ objects }) => objects > 0);
    const notDecided = isAnything ? holes : [...holes, 'No policy is about anything that was found here.'];
    const verdict: PolicyVerdict = {
      outcome: outcomeOf(decisions, notDecided),
      notDecided,
      policies: [...this.#asked].map(([name, counts]) => this.#describeAsked(name, counts)),
      evaluations: this.#counts,
      decisions: decisions.sort(byWeight),
    };
    const problems = [...excepted.problems, ...unconfigured(this.#policies.set), ...this.#unexplained()];
    return { verdict, problems };
  }

  #describeAsked(policy: string, { objects, failed }: { objects: number; failed: number }): AskedPolicy {
    const { title, severity } = this.#description(policy);
    return { policy, title, severity, objects, failed };
  }

  #description(name: string): PolicyDescription {
    const none = {
      name,
      title: name,
      why: '',
      remediation: '',
      controls: [],
      severity: 'unknown',
      scanners: [],
    } as const;
    return this.#policies.descriptions.get(name) ?? none;
  }

  #take(verdict: Verdict, file: string | undefined, finding?: FindingBase): void {
    this.#counts[verdict.outcome] += 1;
    const asked = this.#asked.get(verdict.policy);
    if (asked && verdict.outcome !== 'skipped') asked.objects += 1;
    if (verdict.outcome !== 'failed' && verdict.outcome !== 'ignored') return;
    if (asked && verdict.outcome === 'failed') asked.failed += 1;
    for (const failure of verdict.failures) {
      const decision = this.#decision(verdict, failure);
      this.#decisions.push(decision);
      if (this.#exceptions.length === 0) continue;
      const subject = finding && subjectOf(finding);
      this.#denials.push(denialOf(decision, file ?? verdict.place, subject));
    }
  }

  #decision(verdict: Verdict, failure: Failure): PolicyDecision {
    const { title, severity, remediation, controls } = this.#description(verdict.policy);
    const explanation = this.#isExplained(verdict.policy) ? explainFailure(failure) : undefined;
    return {
      outcome: verdict.outcome === 'ignored' ? 'ignored' : effectOf(verdict.actions),
      policy: verdict.policy,
      title,
      severity,
      object: verdict.object,
      place: verdict.place,
      message: this.#redacted(failure.message),
      isError: failure.isError,
      ...(failure.place !== undefined && { statedIn: failure.place }),
      because: explanation?.causes.map((cause) => this.#redacted(causeText(cause))) ?? NOTHING_SAID,
      ...(explanation && explanation.change !== '' && { wouldPass: this.#redacted(explanation.change) }),
      ...(remediation !== '' && { remediation }),
      controls,
    };
  }

  #isExplained(policy: string): boolean {
    const before = this.#decided.get(policy) ?? 0;
    this.#decided.set(policy, before + 1);
    return this.#options.explainAll === true || before < EXPLAINED;
  }

  /** Says how many decisions stand without the facts behind them. */
  #unexplained(): Problem[] {
    if (this.#options.explainAll) return [];
    const count = [...this.#decided.values()].reduce((sum, one) => sum + Math.max(0, one - EXPLAINED), 0);
    if (count === 0) return [];
    const message = `${count} decisions of policies are without what decided them: it is given for the first ${EXPLAINED} of each policy, and for all with --explain.`;
    return [{ code: 'policy-explanations-limited', message, effect: 'note' }];
  }

  /** What is wrong with one manifest is wrong with its neighbours, in the same words. */
  #redacted(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const safe = redactSecrets(text);
    if (this.#texts.size < MAX_TEXTS) this.#texts.set(text, safe);
    return safe;
  }
}

const MAX_TEXTS = 10_000;

/** Policies that let everything through because nobody has given them parameters: that is allowed, and somebody should know. */
function unconfigured({ policies, bindings, parameters }: AdmissionSet): Problem[] {
  const names = new Set(parameters.map(({ json }) => textAt(objectAt(json, 'metadata'), 'name')));
  const known = new Set(policies.map(({ name }) => name));
  return bindings.flatMap(({ policyName, parameters: reference }): Problem[] => {
    const name = textAt(reference, 'name');
    const isOpen = textAt(reference, 'parameterNotFoundAction') === 'Allow';
    if (name === undefined || !isOpen || names.has(name) || !known.has(policyName)) return [];
    const message = `${policyName} lets everything through: its parameters ${name} are not there. Give their file with --policy.`;
    return [{ code: 'policy-without-parameters', message, effect: 'note' }];
  });
}

/** Whether a policy can be about anything but our own kinds. */
function isAboutCluster(constraints: JsonObject): boolean {
  const rules = listAt(constraints, 'resourceRules');
  return rules.some((rule) => textsAt(rule, 'apiGroups').some((group) => group !== subjectGroup));
}

function ownPolicies(set: AdmissionSet, kind: string): OwnPolicies {
  const asked = set.policies.filter(({ constraints }) => subjectsOf(constraints).some((one) => one.kind === kind));
  const others = new Set(set.policies.filter((one) => !asked.includes(one)).map(({ name }) => name));
  const bindings = set.bindings.filter(({ policyName }) => others.has(policyName));
  const unbound = others.size - new Set(bindings.map(({ policyName }) => policyName)).size;
  return { asked: { ...set, policies: asked }, passedOver: bindings.length + unbound };
}

function effectOf(actions: readonly string[]): 'denied' | 'warned' | 'audited' {
  if (actions.includes('Deny')) return 'denied';
  return actions.includes('Warn') ? 'warned' : 'audited';
}

function outcomeOf(decisions: readonly PolicyDecision[], notDecided: readonly string[]): PolicyVerdict['outcome'] {
  if (decisions.some(({ outcome }) => outcome === 'denied')) return 'denied';
  if (notDecided.length > 0) return 'not-decided';
  return decisions.some(({ outcome }) => outcome === 'warned') ? 'warned' : 'allowed';
}

const WEIGHTS = ['denied', 'warned', 'ignored', 'audited', 'excepted'];

function byWeight(a: PolicyDecision, b: PolicyDecision): number {
  return (
    WEIGHTS.indexOf(a.outcome) - WEIGHTS.indexOf(b.outcome) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    compareTexts(a.policy, b.policy) ||
    compareTexts(a.place, b.place) ||
    compareTexts(a.object, b.object)
  );
}

/** `c.image.endsWith(':latest'), where c.image is 'nginx:latest' and c is variables.containers[0] 'web'` */
function causeText({ expression, facts, error, within }: Cause): string {
  const values = facts.map((fact) => `${fact.expression} is ${fact.value}`);
  const told = [...values, ...within, ...(error === undefined ? [] : [error])];
  return told.length === 0 ? expression : `${expression}, where ${told.join(', ')}`;
}
