import { asMembers, type Members, memberOf } from '#foundation/documents/index.ts';

/** What a manifest says at a path; undefined where it says nothing, and `null` is nothing. */
export function field(value: unknown, ...path: readonly (string | number)[]): unknown {
  let at: unknown = value;
  for (const step of path) {
    if (typeof step === 'number') at = Array.isArray(at) ? at[step] : undefined;
    else at = memberOf(at, step);
    if (at === null || at === undefined) return undefined;
  }
  return at;
}

const NOTHING: Members = {};

export function membersAt(value: unknown, ...path: readonly (string | number)[]): Members {
  return asMembers(field(value, ...path)) ?? NOTHING;
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const list = field(value, ...path);
  return Array.isArray(list) ? list : [];
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const text = field(value, ...path);
  return typeof text === 'string' ? text : undefined;
}

export function textsAt(value: unknown, ...path: readonly (string | number)[]): readonly string[] {
  return listAt(value, ...path).filter((item): item is string => typeof item === 'string');
}

/** A whole number, also one written in quotes. */
export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = field(value, ...path);
  if (typeof found === 'number') return found;
  return typeof found === 'string' && /^-?\d{1,15}$/.test(found) ? Number(found) : undefined;
}

/** Kubernetes reads YAML 1.1, in which these are truths as well. */
const TRUE = new Set(['y', 'yes', 'on', 'true']);
const FALSE = new Set(['n', 'no', 'off', 'false']);

export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && TRUE.has(value.toLowerCase()));
}

export function isFalse(value: unknown): boolean {
  return value === false || (typeof value === 'string' && FALSE.has(value.toLowerCase()));
}
