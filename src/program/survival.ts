import { ageCount, ageRange } from './age.ts';
import { sumOf } from './facts.ts';

export interface Survival {
  /** Days until half of them are done; null when fewer than half are, as far as anybody knows. */
  readonly median: number | null;
  /** Days that one takes on average, counted up to the oldest age that anything was seen at, and at most a year. */
  readonly mean: number;
  /** The part that is still not done at that age: the larger it is, the more the mean is only a lower bound. */
  readonly left: number;
  readonly events: number;
  /** Days at risk. */
  readonly exposure: number;
}

const HORIZON_DAYS = 365;

/**
 * How long it takes until something happens, from how often it happened at each age and how many days things spent at that age without it:
 * the piecewise exponential form of the Kaplan-Meier estimate. What is still open counts with the days that it has been open, and what was
 * decided with the days until then: leaving either out makes the time look shorter than it is.
 * https://www.itl.nist.gov/div898/handbook/apr/section2/apr215.htm
 *
 * @returns undefined when nothing happened: then nothing is known of how long it takes
 */
export function survivalOf(events: readonly number[], exposure: readonly number[]): Survival | undefined {
  const total = sumOf(events);
  if (total === 0) return undefined;
  const seen = Array.from({ length: ageCount }, (_, index) => (events[index] ?? 0) + (exposure[index] ?? 0) > 0);
  let left = 1;
  let mean = 0;
  let median: number | null = null;
  for (let index = 0; index <= seen.lastIndexOf(true); index++) {
    const { from, days } = ageRange(index);
    const hazard = hazardOf(events[index] ?? 0, exposure[index] ?? 0);
    if (median === null && left * Math.exp(-hazard * days) <= 0.5) median = from + Math.log(left / 0.5) / hazard;
    if (from < HORIZON_DAYS) mean += hazard === 0 ? left * days : (left * (1 - Math.exp(-hazard * days))) / hazard;
    left *= Math.exp(-hazard * days);
  }
  return { median, mean, left, events: total, exposure: sumOf(exposure) };
}

/** What was done on the day it began spent half of one at risk. */
function hazardOf(events: number, exposure: number): number {
  return events === 0 ? 0 : events / (exposure + events / 2);
}

/** The median of times that were all seen to their end, from how many there are at each age. */
export function medianOf(counts: readonly number[]): number | null {
  const half = sumOf(counts) / 2;
  let before = 0;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && before + count >= half) {
      const { from, days } = ageRange(index);
      return from + ((half - before) / count) * days;
    }
    before += count;
  }
  return null;
}
