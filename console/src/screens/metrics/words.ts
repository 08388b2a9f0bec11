import type { AnswerOf, ItemOf } from '../../api/client.ts';

export type Metric = AnswerOf<'listMetrics'>['metrics'][number];
export type Objective = ItemOf<'listObjectives'>;
export type Campaign = ItemOf<'listCampaigns'>;
export type Series = AnswerOf<'getMetricSeries'>['series'];

const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `4.2 days`, `71 %`; a dash where it is not known. */
export function valueWords(value: number | null, unit: Metric['unit']): string {
  if (value === null) return '–';
  switch (unit) {
    case 'share':
      return `${short.format(value * 100)} %`;
    case 'days':
      return `${short.format(value)} d`;
    case 'finding-days':
    case 'findings':
      return whole.format(Math.round(value));
  }
}

export const unitWords: Readonly<Record<Metric['unit'], string>> = {
  days: 'days',
  share: 'per cent',
  findings: 'findings',
  'finding-days': 'days that findings were open, added up',
};

/** What the value was made from, and what is missing from it. */
export function basisWords({ of, unit, numerator, denominator, unknown }: Metric): string {
  const noun = of === 'assets' ? 'assets' : 'findings';
  const basis =
    unit === 'finding-days'
      ? `added up over ${whole.format(denominator)} days`
      : unit === 'findings'
        ? `${whole.format(denominator)} ${noun} looked at`
        : `${whole.format(numerator)} of ${whole.format(denominator)} ${noun}`;
  return unknown === 0 ? basis : `${basis}; ${whole.format(unknown)} unknown`;
}

/** Between two values of a number: whether it got better. Undefined where one is not known, or they are the same. */
export function isBetter(then: number | null, now: number | null, better: Metric['better']): boolean | undefined {
  if (then === null || now === null || then === now) return undefined;
  return better === 'lower' ? now < then : now > then;
}

export const objectiveStates: Readonly<
  Record<Objective['state'], { readonly label: string; readonly look: 'plain' | 'good' | 'warn' | 'bad' }>
> = {
  'on-track': { label: 'On track', look: 'good' },
  'at-risk': { label: 'At risk', look: 'warn' },
  reached: { label: 'Reached', look: 'good' },
  missed: { label: 'Missed', look: 'bad' },
  unknown: { label: 'Not known', look: 'plain' },
};
