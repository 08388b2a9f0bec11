import type { ProgramNeed } from '#expressions/index.ts';
import { isObject, type ManifestObject, objectAt, textAt } from '#manifests/index.ts';
import { subjectsOf } from '../subjects/index.ts';
import type { KindCatalog } from './kinds/catalog.ts';
import {
  type AdmissionPolicy,
  expressionsOf,
  isBinding,
  isPolicy,
  type PolicyExpression,
  type PolicyFault,
  readBinding,
  readTypedPolicy,
} from './policy.ts';
import { faultsOfBindingShape, faultsOfPolicyShape } from './shape.ts';
import { checkTypes, type TypeCheck } from './type-check.ts';

/** What is to be said of a policy before it is used. */
export interface PolicyLint {
  readonly policy: string;
  readonly place: string;
  /** For these it is refused, or can never do what it says. */
  readonly faults: readonly PolicyFault[];
  readonly notes: readonly PolicyFault[];
  /** The first Kubernetes minor that takes it, `30` for 1.30; undefined where none does, or where it is not meant for one. */
  readonly minimum: number | undefined;
  /** What makes it so. */
  readonly reason: string | undefined;
  readonly types: Pick<TypeCheck, 'checked' | 'unchecked'>;
}

export interface LintOptions {
  readonly catalog: KindCatalog;
  /** The Kubernetes minor that the policies are meant for. */
  readonly minor?: number;
}

export function lintPolicy(object: ManifestObject, { catalog, minor }: LintOptions): PolicyLint {
  const { policy, faults } = readTypedPolicy(object, { isStrict: true });
  const isOurs = subjectsOf(policy.constraints).length > 0;
  const types = isOurs ? NOTHING : checkTypes(object, catalog);
  const requirements = isOurs ? [] : [apiRequirement(object, policy), ...requirementsOf(policy)];
  const [highest] = [...requirements].sort((a, b) => b.accepted - a.accepted);
  const isSomewhere = highest !== undefined && Number.isFinite(highest.accepted);
  return {
    policy: policy.name,
    place: policy.place,
    faults: [...faults, ...faultsOfPolicyShape(object), ...types.faults, ...missing(requirements, policy.name, minor)],
    notes: types.notes,
    minimum: isSomewhere ? highest.accepted : undefined,
    reason: isSomewhere ? highest.what : undefined,
    types: { checked: types.checked, unchecked: types.unchecked },
  };
}

export interface BindingLint {
  readonly binding: string;
  readonly place: string;
  readonly faults: readonly PolicyFault[];
  readonly notes: readonly PolicyFault[];
}

/** What is to be said of the bindings among the objects; a policy that is not among them may be in a cluster. */
export function lintBindings(objects: readonly ManifestObject[]): BindingLint[] {
  const policies = new Map(
    objects.filter(isPolicy).map((object) => [textAt(objectAt(object.json, 'metadata'), 'name'), object]),
  );
  return objects.filter(isBinding).map((object) => {
    const { name, policyName, place, parameters } = readBinding(object);
    const policy = policies.get(policyName);
    const wants = policy !== undefined && isObject(objectAt(policy.json, 'spec')['paramKind']);
    const notes = [
      ...(policy === undefined ? [`the policy ${policyName} is not among the files`] : []),
      ...(wants && parameters === undefined
        ? [`the policy ${policyName} gets null as params: paramRef names none`]
        : []),
    ];
    return {
      binding: name,
      place,
      faults: faultsOfBindingShape(object),
      notes: notes.map((message) => ({ policy: name, place, message })),
    };
  });
}

/** What a policy needs that the API server of a minor does not have: it refuses the policy. */
export function missingFrom(object: ManifestObject, minor: number): PolicyFault[] {
  const { policy } = readTypedPolicy(object, { isStrict: true });
  const isOurs = subjectsOf(policy.constraints).length > 0;
  return isOurs ? [] : missing([apiRequirement(object, policy), ...requirementsOf(policy)], policy.name, minor);
}

const NOTHING: TypeCheck = { checked: [], unchecked: [], faults: [], notes: [] };

/** A part of the API or the language, and the minors that have it. */
interface Requirement {
  readonly what: string;
  readonly place: string;
  readonly known: number;
  readonly accepted: number;
  readonly last?: number;
  readonly need?: ProgramNeed;
}

/** The versions of the API: when each came and, of those that went, the last minor that had it. */
const VERSIONS: ReadonlyMap<string, { readonly first: number; readonly last?: number }> = new Map([
  ['v1', { first: 30 }],
  ['v1beta1', { first: 28, last: 33 }],
  ['v1alpha1', { first: 26 }],
]);

function apiRequirement({ json }: ManifestObject, { place }: AdmissionPolicy): Requirement {
  const what = textAt(json, 'apiVersion') ?? '';
  const version = VERSIONS.get(what.split('/')[1] ?? '');
  const first = version?.first ?? Number.POSITIVE_INFINITY;
  return { what, place, known: first, accepted: first, ...(version?.last !== undefined && { last: version.last }) };
}

function requirementsOf(policy: AdmissionPolicy): Requirement[] {
  return expressionsOf(policy).flatMap(({ program, place }: PolicyExpression) =>
    program.needs.map((need) => ({ what: need.what, place, ...need.availability, need })),
  );
}

/** What the target does not have; without a target, what no API server has. */
function missing(requirements: readonly Requirement[], policy: string, minor = Number.MAX_SAFE_INTEGER): PolicyFault[] {
  return requirements.flatMap(({ what, place, known, accepted, last, need }) => {
    const isGone = last !== undefined && minor !== Number.MAX_SAFE_INTEGER && minor > last;
    if (accepted <= minor && !isGone) return [];
    const message = isGone ? `Kubernetes 1.${last} was the last with ${what}` : refusal(what, known, accepted, minor);
    return [{ policy, place, message, ...(need && { fault: need.fault }) }];
  });
}

function refusal(what: string, known: number, accepted: number, minor: number): string {
  if (!Number.isFinite(accepted)) return `no Kubernetes version has ${what}`;
  const needs = `${what} needs Kubernetes 1.${accepted}`;
  return known <= minor ? `${needs}: 1.${known} has it, but takes it only in policies that are stored already` : needs;
}
