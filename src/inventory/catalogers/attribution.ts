import { introducedIn, type VisibleFragment } from '../cataloger.ts';

/** What of a package record makes it the same package in an older copy of the database. */
export function recordKey(record: { name: string; version: string; architecture?: string }): string {
  return `${record.name}\0${record.version}\0${record.architecture ?? ''}`;
}

/**
 * Says which layer brought a record in. The keys of each fragment are put in a set once: an image of fifty layers has fifty
 * copies of its package database.
 */
export function attribution<F extends object>(keysOf: (fragment: F) => Iterable<string>) {
  const known = new Map<F, ReadonlySet<string>>();
  const remembered = (fragment: F): ReadonlySet<string> => {
    const keys = known.get(fragment) ?? new Set(keysOf(fragment));
    known.set(fragment, keys);
    return keys;
  };
  return (visible: VisibleFragment<F>, key: string): number =>
    introducedIn(visible, (fragment) => remembered(fragment).has(key));
}
