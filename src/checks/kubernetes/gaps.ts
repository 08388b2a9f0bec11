import type { KubernetesObject } from './object.ts';
import { bindingOf } from './rbac/holders.ts';

/** What cannot be judged of an object, as what it refers to is not among the manifests. */
export function gapsOf(object: KubernetesObject): readonly string[] {
  const binding = bindingOf(object);
  if (binding === undefined || object.manifests.rbac.rolesOf(binding).length > 0) return [];
  const { kind, name } = binding.role;
  const { line } = object.document.positionOf(object.at(['roleRef']));
  return [`line ${line}: what ${kind} ${name} allows is not known, as it is not among these manifests`];
}
