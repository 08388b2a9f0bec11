import type { Result } from '#foundation/index.ts';
import type { Unit } from '#model/index.ts';

/** `-1`: the first version is older, `0`: they are equal, `1`: the first is newer. */
export type Ordering = -1 | 0 | 1;

/**
 * What an epoch that only one of the two versions carries means. It matters because source package names carry no
 * epoch (`SOURCERPM: bind-9.11.36-8.el8.src.rpm`) while the advisory's fixed version does (`32:9.11.36-8.el8_8.1`).
 *
 * - `zero`: an absent epoch is 0, as the packaging tools read it. Right for binary packages read from a package database.
 * - `auto`: the first version is the installed one; without an epoch it takes the epoch of the second. A second version
 *   without an epoch is still 0. Right for source names that lost their epoch.
 * - `ignore`: epochs count only when both versions carry one. Right for data of which either side may have lost it.
 *
 * Only `zero` is an order: under the others a chain of comparisons can contradict itself, so never sort with them.
 */
export type MissingEpoch = 'zero' | 'auto' | 'ignore';

export interface CompareOptions {
  /** `zero` when absent. Schemes without epochs ignore it. */
  readonly missingEpoch?: MissingEpoch;
}

/**
 * Orders version texts exactly as the ecosystem's own tool does.
 * A text that the tool would refuse is an error, never a guess: the caller reports the comparison as not evaluated.
 * Implementations hold no state, take time linear in the input's length and never throw.
 *
 * @example scheme.compare('1.0~rc1', '1.0') // { ok: true, value: -1 } for deb
 */
export interface VersionScheme extends Unit {
  compare(a: string, b: string, options?: CompareOptions): Result<Ordering>;
}
