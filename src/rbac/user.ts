import type { Subject } from './objects.ts';

/** Who makes a request, as the API server's authenticators tell it. */
export interface User {
  readonly name: string;
  /** Those that follow from the name need not be here. */
  readonly groups?: readonly string[];
}

const ANONYMOUS = 'system:anonymous';

export function serviceAccountUser(namespace: string, name: string): User {
  return { name: `system:serviceaccount:${namespace}:${name}` };
}

/** The groups that somebody has been given, and those that come with the name or with signing in. */
export function groupsOf({ name, groups = [] }: User): ReadonlySet<string> {
  const all = new Set(groups);
  if (name === ANONYMOUS || all.has('system:unauthenticated')) return all.add('system:unauthenticated');
  all.add('system:authenticated');
  const [system, kind, namespace, account, ...more] = name.split(':');
  if (system === 'system' && kind === 'serviceaccount' && namespace && account && more.length === 0)
    all.add('system:serviceaccounts').add(`system:serviceaccounts:${namespace}`);
  return all;
}

/** @param groups all of the user's */
export function isSubject(subject: Subject, user: User, groups: ReadonlySet<string>): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.name;
    case 'Group':
      return groups.has(subject.name);
    case 'ServiceAccount':
      return subject.namespace !== undefined && user.name === serviceAccountUser(subject.namespace, subject.name).name;
  }
}

/** `ServiceAccount shop/web`, `Group shop:team`. */
export function describeSubject({ kind, name, namespace }: Subject): string {
  return kind === 'ServiceAccount' && namespace ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;
}
