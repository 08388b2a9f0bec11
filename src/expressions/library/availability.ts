import type { Overload } from './function.ts';

/**
 * From which Kubernetes minor on (the `30` of 1.30) an API server has a part of the language. A server refuses in new policies what came
 * with its own minor, so that it can be rolled back by one; it only runs what is stored already.
 */
export interface Availability {
  readonly known: number;
  /** The first minor that takes it in a new policy; infinite where none does. */
  readonly accepted: number;
}

/** Of what the server's environment declares with a minor: apiserver `pkg/cel/environment/base.go`. */
export function declared(minor: number): Availability {
  return { known: minor, accepted: minor < FIRST_WITH_ROLLBACK ? minor : minor + 1 };
}

/** Before 1.28 there was one environment for everything. */
const FIRST_WITH_ROLLBACK = 28;

/** Of what came into the language's library with the version that a minor contains: it is taken at once. */
function contained(minor: number): Availability {
  return { known: minor, accepted: minor };
}

export const NEVER: Availability = { known: Number.POSITIVE_INFINITY, accepted: Number.POSITIVE_INFINITY };

export const OPTIONALS = declared(28);
export const CROSS_TYPE_COMPARISON = declared(28);
export const TWO_VARIABLES = declared(32);
export const LISTS = declared(34);
/** `first`, `last`, `unwrap` of optionals and `existsOne` beside `exists_one`. */
export const LATER_NAMES = contained(33);

export function available(availability: Availability, overloads: readonly Overload[]): Overload[] {
  return overloads.map((overload) => ({ ...overload, availability }));
}
