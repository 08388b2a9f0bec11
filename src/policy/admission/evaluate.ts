import {
  authorizerValue,
  type Explanation,
  explainExpression,
  resourceCheckValue,
  type Value,
  valueOfJson,
} from '#expressions/index.ts';
import { err } from '#foundation/index.ts';
import { type JsonObject, type ManifestObject, objectAt, textAt } from '#manifests/index.ts';
import { Evaluation, type Failure, type KnownValues, NO_EXPRESSION } from './evaluation.ts';
import { labelsOf, type MatchContext, type MatchedAs, matchRequest } from './match.ts';
import { parametersOf, parameterValue } from './parameters.ts';
import type { AdmissionPolicy, PolicyBinding } from './policy.ts';
import {
  type AdmissionOptions,
  type AdmissionRequest,
  Requests,
  requestNamespace,
  requestVariable,
} from './request.ts';
import { describeResource, type Resource } from './resource.ts';

export type { Failure } from './evaluation.ts';

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
  /** What may make the answer another one in a cluster. */
  readonly note?: string;
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

/** Judges each object by each policy. Documents that are no objects are passed over. */
export function* evaluateAdmission(
  set: AdmissionSet,
  objects: readonly ManifestObject[],
  options: AdmissionOptions = {},
): Generator<Verdict> {
  const requests = new Requests(options);
  const namespaces = namespacesIn([...set.parameters, ...objects]);
  const pairs = boundPolicies(set);
  for (const object of objects) {
    const request = requests.of(object);
    if (request === undefined || typeof request === 'string') continue;
    const judge = new Judge(request, namespaces.get(requestNamespace(request.resource)), options);
    for (const { policy, bindings } of pairs)
      for (const binding of bindings) for (const verdict of judge.judge(policy, binding, set.parameters)) yield verdict;
  }
}

interface BoundPolicy {
  readonly policy: AdmissionPolicy;
  readonly bindings: readonly PolicyBinding[];
}

const knownPairs = new WeakMap<AdmissionSet, readonly BoundPolicy[]>();

/** One set is asked about one object after the other. */
function boundPolicies(set: AdmissionSet): readonly BoundPolicy[] {
  const known = knownPairs.get(set);
  if (known !== undefined) return known;
  const byPolicy = Map.groupBy(set.bindings, ({ policyName }) => policyName);
  const pairs = set.policies.map((policy) => ({ policy, bindings: byPolicy.get(policy.name) ?? [EVERYWHERE] }));
  knownPairs.set(set, pairs);
  return pairs;
}

/** Why objects cannot be judged in this way: one sentence each. */
export function unjudgeable(objects: readonly ManifestObject[], options: AdmissionOptions): string[] {
  const requests = new Requests(options);
  return objects.map((object) => requests.of(object)).filter((one) => typeof one === 'string');
}

/** Of the manifests' namespaces the objects, for `namespaceObject` and selectors. */
function namespacesIn(objects: readonly ManifestObject[]): ReadonlyMap<string, JsonObject> {
  const found = objects.filter(({ json }) => json['kind'] === 'Namespace' && json['apiVersion'] === 'v1');
  return new Map(found.map(({ json }) => [textAt(objectAt(json, 'metadata'), 'name') ?? '', json]));
}

/** Judges one request. What expressions are given is made when the first of them asks for it: most ask for the object alone. */
class Judge {
  readonly #request: AdmissionRequest;
  readonly #namespace: JsonObject | undefined;
  readonly #options: AdmissionOptions;
  readonly #context: MatchContext;
  readonly #values = new Map<string, Value | undefined>();
  readonly #requestValues = new Map<MatchedAs, Value>();
  readonly #known: KnownValues = new Map();
  readonly #name: string;

  constructor(request: AdmissionRequest, namespace: JsonObject | undefined, options: AdmissionOptions) {
    this.#request = request;
    this.#namespace = namespace;
    this.#options = options;
    const { resource } = request;
    this.#name = describeResource(resource);
    const { group, version, kind } = resource;
    const equivalents = options.catalog?.equivalentsOf(group, version, kind) ?? [];
    this.#context = { request, namespaceLabels: () => labelsOf(this.#ownNamespace()), equivalents };
  }

  #ownNamespace(): JsonObject {
    const name = requestNamespace(this.#request.resource);
    return withOwnLabel(this.#namespace ?? { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, name);
  }

  /** Undefined for a name that nothing has. */
  #value(name: string): Value | undefined {
    if (this.#values.has(name)) return this.#values.get(name);
    const made = this.#make(name);
    this.#values.set(name, made);
    return made;
  }

  #make(name: string): Value | undefined {
    const { resource, object, oldObject, user } = this.#request;
    const authorize = this.#options.authorize ?? (() => err('who may do what is not known'));
    switch (name) {
      case 'object':
        return valueOfJson(object);
      case 'oldObject':
        return valueOfJson(oldObject);
      case 'namespaceObject':
        return resource.namespace === undefined ? null : valueOfJson(this.#ownNamespace());
      case 'authorizer':
        return authorizerValue(user, authorize);
      case 'authorizer.requestResource':
        return resourceCheckValue(questionAbout(this.#request), authorize);
      default:
        return undefined;
    }
  }

  judge(policy: AdmissionPolicy, binding: PolicyBinding, objects: readonly ManifestObject[]): readonly Verdict[] {
    const as = matchRequest(policy.constraints, this.#context);
    if (as === undefined || matchRequest(binding.match, this.#context) === undefined)
      return [this.#verdict(policy, binding, { outcome: 'skipped' })];
    const parameters = parametersOf(policy, binding, objects, requestNamespace(this.#request.resource));
    if (parameters.state === 'let-pass') return [this.#verdict(policy, binding, { outcome: 'passed' })];
    if (parameters.state === 'missing') return [this.#misconfigured(policy, binding, parameters.message)];
    return parameters.values.map((one) => this.#evaluated(policy, binding, one, as));
  }

  /** The same for nearly all policies. */
  #requestValue(as: MatchedAs): Value {
    const known = this.#requestValues.get(as) ?? valueOfJson(requestVariable(this.#request, as));
    this.#requestValues.set(as, known);
    return known;
  }

  /** An API server denies then, whatever the binding says about failures. */
  #misconfigured(policy: AdmissionPolicy, binding: PolicyBinding, message: string): Verdict {
    const failures = [{ ...NO_EXPRESSION, message }];
    if (policy.failurePolicy === 'Ignore') return this.#verdict(policy, binding, { outcome: 'ignored', failures });
    return this.#verdict(policy, binding, { outcome: 'failed', actions: ['Deny'], failures });
  }

  #evaluated(policy: AdmissionPolicy, binding: PolicyBinding, parameters: JsonObject | null, as: MatchedAs): Verdict {
    const variables = this.#variables(policy, parameters, as);
    const evaluation = new Evaluation(policy, variables, this.#known);
    const blocking = evaluation.blocking();
    if (blocking !== undefined) return this.#verdict(policy, binding, blocking);
    const failures = evaluation.failures().map((one) => remembered(one, policy, variables));
    const { values, errors } = evaluation.annotations();
    const isIgnoring = policy.failurePolicy === 'Ignore';
    const all = [...failures, ...(isIgnoring ? [] : errors)];
    const counted = isIgnoring ? all.filter(({ isError }) => !isError) : all;
    return this.#verdict(policy, binding, {
      outcome: counted.length > 0 ? 'failed' : all.length > 0 ? 'ignored' : 'passed',
      // A broken annotation is denied even where failures are only warned of.
      ...(!isIgnoring && errors.length > 0 && { actions: [...new Set(['Deny', ...binding.actions])] }),
      failures: counted.length > 0 ? counted : all,
      annotations: values,
      ...convertedFrom(this.#request.resource, as),
    });
  }

  /** Of those names only that the policy uses. */
  #variables(policy: AdmissionPolicy, parameters: JsonObject | null, as: MatchedAs): Map<string, Value> {
    const variables = new Map<string, Value>();
    for (const name of policy.uses) {
      const isRequest = name === 'request';
      const value = isRequest
        ? this.#requestValue(as)
        : name === 'params'
          ? parameterValue(parameters)
          : this.#value(name);
      if (value !== undefined) variables.set(name, value);
    }
    return variables;
  }

  #verdict(policy: AdmissionPolicy, binding: PolicyBinding, ending: Ending): Verdict {
    return {
      policy: policy.name,
      ...(binding.name !== '' && { binding: binding.name }),
      object: this.#name,
      place: this.#request.place,
      actions: binding.actions,
      failures: [],
      annotations: {},
      ...ending,
    };
  }
}

/** What the request itself asks an authorizer. */
function questionAbout({ resource, user }: AdmissionRequest) {
  const { group, plural, subresource, name } = resource;
  return {
    ...{ user, group, resource: plural, name, namespace: requestNamespace(resource) },
    ...(subresource !== undefined && { subresource }),
  };
}

/** What is to be known of a verdict about another version than the one that is written: we convert nothing. */
function convertedFrom({ group, version }: Resource, as: MatchedAs): Pick<Verdict, 'note'> {
  if (group === as.group && version === as.version) return {};
  const wanted = [as.group, as.version].filter((part) => part !== '').join('/');
  return { note: `the policy asks for ${wanted}, to which a cluster converts; here it is judged as it is written` };
}

type Ending = Pick<Verdict, 'outcome'> & Partial<Pick<Verdict, 'actions' | 'failures' | 'annotations' | 'note'>>;

/** Every namespace has the label by which selectors name it. */
function withOwnLabel(namespace: JsonObject, name: string): JsonObject {
  const metadata = objectAt(namespace, 'metadata');
  const labels = { 'kubernetes.io/metadata.name': name, ...objectAt(metadata, 'labels') };
  return { ...namespace, metadata: { ...metadata, labels } };
}

/** How each failure came about, kept beside it: it is made only for those whom somebody asks about. */
const explanations = new WeakMap<Failure, () => Explanation>();

/** Which comparisons of the expression decided, and what would change it. Undefined where no validation did. */
export function explainFailure(failure: Failure): Explanation | undefined {
  return explanations.get(failure)?.();
}

function remembered(failure: Failure, policy: AdmissionPolicy, variables: ReadonlyMap<string, Value>): Failure {
  if (failure.expression === '') return failure;
  explanations.set(failure, () =>
    explainExpression(failure.expression, variables, { definitions: definitionsOf(policy) }),
  );
  return failure;
}

/** By policy, so that they are prepared once for all objects. */
const definitions = new WeakMap<AdmissionPolicy, ReadonlyMap<string, string>>();

function definitionsOf(policy: AdmissionPolicy): ReadonlyMap<string, string> {
  const made = definitions.get(policy) ?? new Map(policy.variables.map(({ name, program }) => [name, program.source]));
  definitions.set(policy, made);
  return made;
}
