import type { Type } from '#expressions/index.ts';
import { isObject, listAt, type ManifestObject, objectAt, textAt, textsAt } from '#manifests/index.ts';
import { type KindCatalog, type KnownKind, splitApiVersion } from './kinds/catalog.ts';
import { type PolicyFault, readTypedPolicy } from './policy.ts';

/** What comes out when the expressions of a policy are read with the types of the kinds that it is about. */
export interface TypeCheck {
  /** `apps/v1/Deployment`: the kinds whose types were used. */
  readonly checked: readonly string[];
  /** Why it was not checked for others: one sentence each. */
  readonly unchecked: readonly string[];
  /** Wrong for every kind that was checked. */
  readonly faults: readonly PolicyFault[];
  /** Wrong for some of them, which an expression may have asked about before; an API server notes it in `status.typeChecking`. */
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
  const named = [...found.values()].map((one) => ({ ...one, fault: withKinds(one.fault, one.kinds) }));
  return {
    checked: kinds.map(({ group, version, kind }) => [group, version, kind].filter((part) => part !== '').join('/')),
    unchecked,
    faults: named.filter((one) => one.kinds.length === kinds.length).map(({ fault }) => fault),
    notes: named.filter((one) => one.kinds.length < kinds.length).map(({ fault }) => fault),
  };
}

function positionOf({ place, fault }: PolicyFault): string {
  return `${place} ${fault?.line}:${fault?.column}`;
}

const MAX_NAMED = 3;

function withKinds(fault: PolicyFault, kinds: readonly string[]): PolicyFault {
  const more = kinds.length - MAX_NAMED;
  const names = `${kinds.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return { ...fault, message: `for ${names}: ${fault.message}` };
}

function parameterType(paramKind: unknown, catalog: KindCatalog): Type | undefined {
  const { group, version } = splitApiVersion(textAt(paramKind, 'apiVersion') ?? '');
  return catalog.ofKind(group, version, textAt(paramKind, 'kind') ?? '')?.type;
}

/** What the rules name without a wildcard; subresources have kinds of their own and are left out, as an API server does. */
function kindsToCheck(rules: readonly unknown[], catalog: KindCatalog): { kinds: KnownKind[]; unchecked: string[] } {
  const kinds = new Map<string, KnownKind>();
  const unchecked = new Set<string>();
  for (const rule of rules.filter(isObject)) {
    const groups = textsAt(rule, 'apiGroups');
    const versions = textsAt(rule, 'apiVersions');
    const resources = textsAt(rule, 'resources');
    if ([...groups, ...versions, ...resources].some((one) => one.includes('*')))
      unchecked.add('a rule names its groups, versions or resources by *');
    for (const name of namesOf(groups, versions, resources)) {
      const known = catalog.ofResource(name.group, name.version, name.resource);
      const key = `${name.group}/${name.version} ${name.resource}`.replace(/^\//, '');
      if (known === undefined)
        unchecked.add(`${key} is not known; give its definition with --crd if it is a custom one`);
      else if (kinds.size < MAX_KINDS || kinds.has(key)) kinds.set(key, known);
      else unchecked.add(`more than ${MAX_KINDS} kinds: ${key} is left out, as an API server does`);
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

function* namesOf(
  groups: readonly string[],
  versions: readonly string[],
  resources: readonly string[],
): Generator<ResourceName> {
  if ([...groups, ...versions].some((one) => one.includes('*'))) return;
  const plain = resources.filter((one) => !/[*/]/.test(one));
  let count = 0;
  for (const group of groups)
    for (const version of versions)
      for (const resource of plain) {
        count += 1;
        if (count > MAX_NAMES) return;
        yield { group, version, resource };
      }
}
