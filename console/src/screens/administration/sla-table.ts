import type { AnswerOf } from '../../api/client.ts';

export type SlaPolicy = AnswerOf<'getSla'>['policy'];

/** Days in a cell of the table; `exploited` is its last row. Null: no date. */
export function daysIn({ days, exploited }: SlaPolicy, row: string, exposure: string): number | null {
  const cells = row === 'exploited' ? exploited : Object.entries(days).find(([severity]) => severity === row)?.[1];
  return Object.entries(cells ?? {}).find(([name]) => name === exposure)?.[1] ?? null;
}

/** The policy with another number in a cell; what is no whole number of days from 1 on is no date. */
export function withDays(policy: SlaPolicy, row: string, exposure: string, text: string): SlaPolicy {
  const count = Number(text);
  const value = text !== '' && Number.isInteger(count) && count > 0 ? count : null;
  if (row === 'exploited') return { ...policy, exploited: { ...policy.exploited, [exposure]: value } };
  const cells = Object.entries(policy.days).find(([severity]) => severity === row)?.[1] ?? {};
  return { ...policy, days: { ...policy.days, [row]: { ...cells, [exposure]: value } } };
}
