import type { KubernetesObject } from './object.ts';
import { bindingOf } from './rbac/holders.ts';

/** What cannot be judged of an object, as what it refers to is not among the manifests. */
export function gapsOf(object: KubernetesObject): readonly string[] {
  const binding = bindingOf(object);
  if (binding === undefined || object.manifests.rbac.rolesOf(binding).length > 0) return [];
  const { kind, name } = binding.role;
  return [
    `${object.placeSeenFrom(object, ['roleRef'])}: what ${kind} ${name} allows is not known, as it is not among these manifests`,
  ];
}
