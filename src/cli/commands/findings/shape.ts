import { z } from 'zod';

/** What a person reads of a finding in a list. */
export const listedFinding = z.object({
  id: z.string(),
  kind: z.string(),
  rule: z.string(),
  subject: z.string(),
  title: z.string(),
  severity: z.string(),
  state: z.string(),
  asset: z.object({ name: z.string() }),
  team: z.object({ name: z.string() }).nullable(),
  dueAt: z.string().nullable(),
  firstSeenAt: z.string(),
});

export type ListedFinding = z.infer<typeof listedFinding>;

export const wholeFinding = listedFinding.extend({
  assigneeName: z.string().nullable().optional(),
  fixedAt: z.string().nullable(),
  reopened: z.number(),
  decision: z
    .object({ state: z.string(), reason: z.string(), until: z.string().optional(), statedIn: z.string().optional() })
    .nullable()
    .catch(null),
  occurrences: z
    .array(
      z.object({
        digest: z.string(),
        package: z.string().nullable(),
        location: z.string(),
        goneAt: z.string().nullable(),
      }),
    )
    .default([]),
});

export const findingEvent = z.object({
  at: z.string(),
  actor: z.object({ name: z.string() }).nullable(),
  kind: z.string(),
  details: z.unknown(),
});

/** `2026-11-24` of a time, or nothing. */
export function day(time: string | null): string {
  return time?.slice(0, 10) ?? '';
}
