import type { Facts } from './facts.ts';

/** One number that a programme is steered by. */
export interface Metric {
  /** Public and permanent: `mttr`. */
  readonly id: string;
  readonly title: string;
  readonly unit: 'days' | 'share' | 'findings' | 'finding-days';
  readonly better: 'lower' | 'higher';
  /** What it says, in plain words, what it is divided by, and what is left out. */
  readonly about: string;
  /** Whether it can be told apart by severity and kind; coverage is of assets. */
  readonly of: 'findings' | 'assets';
  /** The findings behind it, as a filter; undefined where they are not findings. */
  readonly filter: string | undefined;
  value(facts: MetricFacts): MetricValue;
}

export interface MetricFacts {
  /** Of all days of the window, added. */
  readonly window: Facts;
  /** Of its last day. */
  readonly last: Facts;
  readonly days: number;
}

export interface MetricValue {
  /** Null: it is not known. */
  readonly value: number | null;
  /** What it was made from: cases that were seen to their end. */
  readonly numerator: number;
  /** Of how many. */
  readonly denominator: number;
  /** How many could not be judged; they are in neither. */
  readonly unknown: number;
  /** More that a reader needs to judge it. */
  readonly details?: Readonly<Record<string, number | null>>;
}
