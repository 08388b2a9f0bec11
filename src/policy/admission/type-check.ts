import type { Type } from '#expressions/index.ts';
import { listAt, type ManifestObject, objectAt, textAt, textsAt } from '#manifests/index.ts';
import { type KindCatalog, type KnownKind, splitApiVersion } from './kinds/catalog.ts';
import { type PolicyFault, readTypedPolicy } from './policy.ts';

/** What comes out when the expressions of a policy are read with the types of the kinds that it is about. */
export interface TypeCheck {
  /** `apps/v1/Deployment`: the kinds whose types were used. */
  readonly checked: readonly string[];
  /** Why it was not checked for others: one sentence each. */
  readonly unchecked: readonly string[];
  /** Fields that none of the kinds has. */
  readonly faults: readonly PolicyFault[];
  /**
   * What an API server notes in `status.typeChecking` too, but which works all the same: fields that some of the kinds lack, which an
   * expression may have asked about before, and types that do not fit each other, which values may.
   */
  readonly notes: readonly PolicyFault[];
}

/** As many kinds as an API server looks at. */
const MAX_KINDS = 10;

/** @param catalog the kinds that are known, at the minor that the policy is meant for */
export function checkTypes(object: ManifestObject, catalog: KindCatalog): TypeCheck {
  const spec = objectAt(object.json, 'spec');
  const { kinds, unchecked } = kindsToCheck(listAt(objectAt(spec, 'matchConstraints'), 'resourceRules'), catalog);
  const params = parameterType(objectAt(spec, 'paramKind'), catalog);
  const untyped = new Set(readTypedPolicy(object, { isStrict: true }).faults.map(positionOf));
  const found = new Map<string, { readonly fault: PolicyFault; readonly kinds: string[] }>();
  for (const { group, version, kind, type } of kinds) {
    const { faults } = readTypedPolicy(object, { object: type, ...(params && { params }), isStrict: true });
    const name = [group, version, kind].filter((part) => part !== '').join('/');
    for (const fault of faults) {
      const position = positionOf(fault);
      if (untyped.has(position) || fault.fault === undefined) continue;
      const known = found.get(position);
      if (known === undefined) found.set(position, { fault, kinds: [name] });
      else if (!known.kinds.includes(name)) known.kinds.push(name);
    }
  }
  const all = [...found.values()];
  const isFatal = (one: (typeof all)[number]): boolean =>
    one.fault.fault?.isMissingField === true && one.kinds.length === kinds.length;
  return {
    checked: kinds.map(({ group, version, kind }) => [group, version, kind].filter((part) => part !== '').join('/')),
    unchecked,
    faults: all.filter(isFatal).map(withKinds),
    notes: all.filter((one) => !isFatal(one)).map(withKinds),
  };
}

function positionOf({ place, fault }: PolicyFault): string {
  return `${place} ${fault?.line}:${fault?.column}`;
}

const MAX_NAMED = 3;

function withKinds({ fault, kinds }: { readonly fault: PolicyFault; readonly kinds: readonly string[] }): PolicyFault {
  const more = kinds.length - MAX_NAMED;
  const names = `${kinds.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return { ...fault, message: `for ${names}: ${fault.message}` };
}

function parameterType(paramKind: unknown, catalog: KindCatalog): Type | undefined {
  const { group, version } = splitApiVersion(textAt(paramKind, 'apiVersion') ?? '');
  return catalog.ofKind(group, version, textAt(paramKind, 'kind') ?? '')?.type;
}

/**
 * What the rules name without a wildcard, in the order of an API server, which looks at no more once it has ten of one rule. Parts of
 * objects have kinds of their own and are left out.
 */
function kindsToCheck(rules: readonly unknown[], catalog: KindCatalog): { kinds: KnownKind[]; unchecked: string[] } {
  const kinds = new Map<string, KnownKind>();
  const unchecked = new Set<string>();
  for (const rule of rules) {
    const isOpen = ['apiGroups', 'apiVersions', 'resources'].some((key) =>
      textsAt(rule, key).some((one) => one.includes('*')),
    );
    if (isOpen) unchecked.add('a rule names its groups, versions or resources by *');
    let count = 0;
    for (const { group, version, resource } of namesOf(rule)) {
      const known = catalog.ofResource(group, version, resource);
      const name = `${group}/${version} ${resource}`.replace(/^\//, '');
      if (known === undefined) {
        unchecked.add(`${name} is not known; give its definition with --crd if it is a custom one`);
        continue;
      }
      kinds.set(name, known);
      count += 1;
      if (count < MAX_KINDS) continue;
      unchecked.add(`after ${MAX_KINDS} kinds of one rule all others are left out, as by an API server`);
      return { kinds: [...kinds.values()], unchecked: [...unchecked] };
    }
  }
  return { kinds: [...kinds.values()], unchecked: [...unchecked] };
}

interface ResourceName {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

const MAX_NAMES = 1000;

function namesOf(rule: unknown): ResourceName[] {
  const groups = textsAt(rule, 'apiGroups').toSorted();
  const versions = textsAt(rule, 'apiVersions').toSorted();
  if ([...groups, ...versions].some((one) => one.includes('*'))) return [];
  const plain = textsAt(rule, 'resources')
    .filter((one) => !/[*/]/.test(one))
    .toSorted();
  if (groups.length * versions.length * plain.length > MAX_NAMES) return [];
  return groups.flatMap((group) =>
    versions.flatMap((version) => plain.map((resource) => ({ group, version, resource }))),
  );
}
