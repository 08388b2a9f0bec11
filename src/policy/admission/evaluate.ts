import {
  type Explanation,
  explainExpression,
  jsonOfValue,
  lazyMap,
  type Value,
  valueOfJson,
} from '#expressions/index.ts';
import { type JsonObject, type ManifestObject, objectAt, textAt } from '#manifests/index.ts';
import { matchesResource, matchesSelector } from './match.ts';
import type { AdmissionPolicy, NamedExpression, PolicyBinding, PolicyExpression, Validation } from './policy.ts';
import { describeResource, labelsOf, type Resource, resourceOf } from './resource.ts';

/** What one policy, by one binding, says of one object. */
export interface Verdict {
  readonly policy: string;
  readonly binding?: string;
  /** `apps/v1/Deployment shop/web` */
  readonly object: string;
  /** `deploy.yaml:1:1` */
  readonly place: string;
  /** `skipped`: the policy is not about this object, or a condition does not hold. `ignored`: an error that failurePolicy lets pass. */
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'ignored';
  /** What the binding does about a failure: `Deny`, `Warn`, `Audit`. */
  readonly actions: readonly string[];
  readonly failures: readonly Failure[];
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Failure {
  readonly message: string;
  readonly reason: string;
  readonly expression: string;
  /** Of the expression in the policy's file; absent where there is none to point at. */
  readonly place?: string;
  /** The expression had no value; `message` says why. */
  readonly isError: boolean;
}

/** What the objects are judged with. */
export interface AdmissionSet {
  readonly policies: readonly AdmissionPolicy[];
  /** A policy without any is taken to hold everywhere, as a person who tries it out means it. */
  readonly bindings: readonly PolicyBinding[];
  /** Objects that bindings may name as parameters. */
  readonly parameters: readonly ManifestObject[];
}

const EVERYWHERE: PolicyBinding = {
  name: '',
  policyName: '',
  place: '',
  actions: ['Deny'],
  match: {},
  parameters: undefined,
};
const MAX_MESSAGE = 5 * 1024;

/** Judges each object by each policy, as if it were about to be created. Documents that are no objects are passed over. */
export function* evaluateAdmission(set: AdmissionSet, objects: readonly ManifestObject[]): Generator<Verdict> {
  const namespaces = namespacesIn(objects);
  const pairs = set.policies.map((policy) => {
    const own = set.bindings.filter(({ policyName }) => policyName === policy.name);
    return { policy, bindings: own.length > 0 ? own : [EVERYWHERE] };
  });
  for (const object of objects) {
    const resource = resourceOf(object);
    if (resource === undefined) continue;
    const request = new Request(object, resource, namespaces.get(resource.namespace ?? ''));
    for (const { policy, bindings } of pairs)
      for (const binding of bindings) yield* request.judge(policy, binding, set.parameters);
  }
}

/** Of the manifests' namespaces the objects, for `namespaceObject` and selectors. */
function namespacesIn(objects: readonly ManifestObject[]): ReadonlyMap<string, JsonObject> {
  const found = objects.filter(({ json }) => json['kind'] === 'Namespace' && json['apiVersion'] === 'v1');
  return new Map(found.map(({ json }) => [textAt(objectAt(json, 'metadata'), 'name') ?? '', json]));
}

/** One object on its way in. */
class Request {
  readonly #object: ManifestObject;
  readonly #resource: Resource;
  readonly #namespaceLabels: ReadonlyMap<string, string>;
  readonly #variables: ReadonlyMap<string, Value>;

  constructor(object: ManifestObject, resource: Resource, namespace: JsonObject | undefined) {
    this.#object = object;
    this.#resource = resource;
    const name = resource.namespace ?? '';
    const own = withOwnLabel(namespace ?? { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, name);
    this.#namespaceLabels = labelsOf(objectAt(own, 'metadata'));
    this.#variables = new Map<string, Value>([
      ['object', valueOfJson(withNamespace(object.json, resource))],
      ['oldObject', null],
      ['request', valueOfJson(requestOf(resource))],
      ['namespaceObject', resource.namespace === undefined ? null : valueOfJson(own)],
    ]);
  }

  *judge(policy: AdmissionPolicy, binding: PolicyBinding, parameters: readonly ManifestObject[]): Generator<Verdict> {
    if (!this.#isAbout(policy.constraints) || !this.#isAbout(binding.match)) {
      yield this.#verdict(policy, binding, { outcome: 'skipped' });
      return;
    }
    const given = policy.hasParameters ? parametersOf(binding, parameters, this.#resource.namespace) : [null];
    if (given.length === 0) yield this.#withoutParameters(policy, binding);
    for (const one of given) yield this.#evaluated(policy, binding, one);
  }

  #isAbout(match: JsonObject): boolean {
    return matchesResource(match, this.#resource, this.#namespaceLabels);
  }

  #withoutParameters(policy: AdmissionPolicy, binding: PolicyBinding): Verdict {
    if (textAt(binding.parameters, 'parameterNotFoundAction') === 'Allow')
      return this.#verdict(policy, binding, { outcome: 'passed' });
    const message = `no parameters for binding ${binding.name || '(none)'}: give their file with --policy`;
    const outcome = policy.failurePolicy === 'Ignore' ? 'ignored' : 'failed';
    return this.#verdict(policy, binding, { outcome, failures: [{ ...NO_EXPRESSION, message }] });
  }

  #evaluated(policy: AdmissionPolicy, binding: PolicyBinding, parameters: JsonObject | null): Verdict {
    const variables = new Map<string, Value>(this.#variables);
    variables.set('params', parameters === null ? null : parameterValue(parameters));
    variables.set('variables', ownVariables(policy.variables, variables));
    const blocking = this.#unmet(policy, variables);
    if (blocking !== undefined) return this.#verdict(policy, binding, blocking);
    const failures = policy.validations.flatMap((one) => remembered(failureOf(one, variables), policy, variables));
    const counted = policy.failurePolicy === 'Ignore' ? failures.filter(({ isError }) => !isError) : failures;
    const outcome = counted.length > 0 ? 'failed' : failures.length > 0 ? 'ignored' : 'passed';
    const annotations = annotationsOf(policy.annotations, variables);
    return this.#verdict(policy, binding, { outcome, failures: counted.length > 0 ? counted : failures, annotations });
  }

  /** Why the policy does not come to its validations: a condition is false, or none is and one has an error. */
  #unmet({ conditions, failurePolicy }: AdmissionPolicy, variables: ReadonlyMap<string, Value>): Ending | undefined {
    const failures: Failure[] = [];
    for (const one of conditions) {
      const outcome = one.program.evaluate(variables);
      if (outcome.ok && outcome.value === false) return { outcome: 'skipped' };
      const message = outcome.ok ? `gives ${String(jsonOfValue(outcome.value))}` : outcome.error.message;
      if (!outcome.ok || outcome.value !== true) failures.push(errorOf(one, `match condition ${one.name}: ${message}`));
    }
    if (failures.length === 0) return undefined;
    return { outcome: failurePolicy === 'Ignore' ? 'ignored' : 'failed', failures };
  }

  #verdict(policy: AdmissionPolicy, binding: PolicyBinding, ending: Ending): Verdict {
    return {
      policy: policy.name,
      ...(binding.name !== '' && { binding: binding.name }),
      object: describeResource(this.#resource),
      place: this.#object.place(),
      actions: binding.actions,
      failures: [],
      annotations: {},
      ...ending,
    };
  }
}

type Ending = Pick<Verdict, 'outcome'> & Partial<Pick<Verdict, 'failures' | 'annotations'>>;

const NO_EXPRESSION = { reason: 'Invalid', expression: '', isError: true } as const;

function withNamespace(json: JsonObject, { namespace }: Resource): JsonObject {
  return namespace === undefined ? json : { ...json, metadata: { ...objectAt(json, 'metadata'), namespace } };
}

/** Every namespace has the label by which selectors name it. */
function withOwnLabel(namespace: JsonObject, name: string): JsonObject {
  const metadata = objectAt(namespace, 'metadata');
  const labels = { 'kubernetes.io/metadata.name': name, ...objectAt(metadata, 'labels') };
  return { ...namespace, metadata: { ...metadata, labels } };
}

function requestOf({ group, version, kind, plural, name, namespace }: Resource): JsonObject {
  const ofKind = { group, version, kind };
  const ofResource = { group, version, resource: plural };
  return {
    kind: ofKind,
    resource: ofResource,
    subResource: '',
    requestKind: ofKind,
    requestResource: ofResource,
    requestSubResource: '',
    name,
    namespace: namespace ?? '',
    operation: 'CREATE',
    userInfo: { username: '', uid: '', groups: [], extra: {} },
    dryRun: false,
    options: {},
  };
}

/** Made when they are first asked for: an error in one that nobody needs is none. */
function ownVariables(list: readonly NamedExpression[], variables: ReadonlyMap<string, Value>): Value {
  const programs = new Map(list.map(({ name, program }) => [name, program]));
  return lazyMap(programs.keys(), (name) => {
    const program = programs.get(name);
    if (program === undefined) throw new Error(`no variable ${name}`);
    return program.evaluate(variables);
  });
}

function failureOf(validation: Validation, variables: ReadonlyMap<string, Value>): Failure[] {
  const { program, place, reason } = validation;
  const outcome = program.evaluate(variables);
  if (!outcome.ok) return [errorOf(validation, outcome.error.message)];
  if (outcome.value === true) return [];
  if (outcome.value !== false) return [errorOf(validation, 'the expression gives no bool')];
  return [{ message: messageOf(validation, variables), reason, expression: program.source, place, isError: false }];
}

/** How each failure came about, kept beside it: it is made only for those whom somebody asks about. */
const explanations = new WeakMap<Failure, () => Explanation>();

/** Which comparisons of the expression decided, and what would change it. Undefined where no validation did. */
export function explainFailure(failure: Failure): Explanation | undefined {
  return explanations.get(failure)?.();
}

function remembered(
  failures: readonly Failure[],
  policy: AdmissionPolicy,
  variables: ReadonlyMap<string, Value>,
): readonly Failure[] {
  for (const failure of failures)
    explanations.set(failure, () => {
      const definitions = new Map(policy.variables.map(({ name, program }) => [name, program.source]));
      return explainExpression(failure.expression, variables, { definitions });
    });
  return failures;
}

function errorOf({ program, place }: PolicyExpression, message: string): Failure {
  return { ...NO_EXPRESSION, message, expression: program.source, place };
}

/** The made message where it can be made, as an API server chooses. */
function messageOf({ message, messageExpression, program }: Validation, variables: ReadonlyMap<string, Value>): string {
  const made = messageExpression?.program.evaluate(variables);
  const text = made?.ok === true && typeof made.value === 'string' ? made.value : '';
  if (text.trim() !== '' && text.length <= MAX_MESSAGE && !text.includes('\n')) return text;
  return message ?? `failed expression: ${program.source.trim()}`;
}

function annotationsOf(
  list: readonly NamedExpression[],
  variables: ReadonlyMap<string, Value>,
): Record<string, string> {
  const entries = list.flatMap(({ name, program }) => {
    const outcome = program.evaluate(variables);
    return outcome.ok && typeof outcome.value === 'string' ? [[name, outcome.value] as const] : [];
  });
  return Object.fromEntries(entries);
}

const parameterValues = new WeakMap<JsonObject, Value>();

/** Parameters are shared by all objects that are judged. */
function parameterValue(parameters: JsonObject): Value {
  const known = parameterValues.get(parameters) ?? valueOfJson(parameters);
  parameterValues.set(parameters, known);
  return known;
}

/** The objects that a binding's paramRef names, by name or selector. */
function parametersOf(
  { parameters }: PolicyBinding,
  objects: readonly ManifestObject[],
  namespace?: string,
): JsonObject[] {
  const name = textAt(parameters, 'name');
  const place = textAt(parameters, 'namespace') ?? namespace;
  const selector = objectAt(parameters, 'selector');
  if (parameters === undefined) return [];
  return objects
    .map(({ json }) => json)
    .filter((json) => {
      const metadata = objectAt(json, 'metadata');
      const own = textAt(metadata, 'namespace');
      if (own !== undefined && place !== undefined && own !== place) return false;
      return name === undefined ? matchesSelector(selector, labelsOf(metadata)) : textAt(metadata, 'name') === name;
    });
}
