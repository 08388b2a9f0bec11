import type { Result } from '#foundation/index.ts';
import type { Unit } from '#model/index.ts';

/**
 * Orders version texts exactly as the ecosystem's own tool does.
 * A text that the tool would refuse is an error, never a guess: the caller reports the comparison as not evaluated.
 */
export interface VersionScheme extends Unit {
  /** Negative when `a` is older than `b`, 0 when they are equal, positive when newer. Stateless and linear in the input's length. */
  compare(a: string, b: string): Result<-1 | 0 | 1>;
}
