import type { YamlPath } from '#manifests/index.ts';
import { editListItem, editMember, type Written } from '../../yaml/index.ts';
import type { Found } from '../declare.ts';
import { field, isTrue, numberAt, textsAt } from '../fields.ts';
import { type Container, effective, type Workload } from '../workload.ts';

/** The edit after which the value stands at the place, or the first of a list in front of those that are there. */
export function mend({ object }: Workload, path: YamlPath, value: Written): Found['fix'] {
  const place = object.at(path);
  if (typeof value === 'object' && Array.isArray(value)) return editListItem(object.document, place, String(value[0]));
  return editMember(object.document, place, value);
}

/** The container that a path leads into; all of them where it is the pod's. */
function containersAt({ containers }: Workload, path: YamlPath): readonly Container[] {
  const inside = containers.filter((one) => one.path.every((step, at) => step === path[at]));
  return inside.length > 0 ? inside : containers;
}

/** Numbers of the users that containers are started as, where the manifest says. */
export function usersAt(workload: Workload, path: YamlPath): (number | undefined)[] {
  return containersAt(workload, path).map((one) => numberAt(effective(workload, one, 'runAsUser')));
}

/** Whoever is started as root is refused; nobody is where the number of the user is there and another. */
export function runsAsRoot(workload: Workload, path: YamlPath): string | undefined {
  return usersAt(workload, path).every((user) => user !== undefined && user > 0)
    ? undefined
    : 'an image whose user is root';
}

/** https://kubernetes.io/docs/tasks/configure-pod-container/security-context/: both always allow it, and the cluster refuses the contradiction. */
export function mayForbidEscalation(workload: Workload, path: YamlPath): boolean {
  return containersAt(workload, path).every(({ securityContext }) => {
    const added = textsAt(securityContext, 'capabilities', 'add');
    return !isTrue(field(securityContext, 'privileged')) && !added.some((name) => /^(?:CAP_)?SYS_ADMIN$/i.test(name));
  });
}
