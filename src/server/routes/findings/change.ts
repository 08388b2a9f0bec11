import { z } from 'zod';
import type { FindingChange } from '#findings/index.ts';
import type { Principal } from '#identity/index.ts';
import type { Severity } from '#model/index.ts';
import {
  accountExists,
  applyChange,
  currentExceptionPolicy,
  type NewEvent,
  publish,
  type Query,
} from '#storage/index.ts';

const decided = z.enum(['accepted', 'false-positive', 'not-affected']);

/** What people change of findings; members that are absent stay as they are. */
export const changeBody = z
  .strictObject({
    /** An account; null: nobody's. */
    assignee: z.uuid().nullable().optional(),
    dueAt: z.iso.datetime().nullable().optional(),
    state: z.enum(['open', 'in-progress', ...decided.options]).optional(),
    /** Needed for decisions, reopening and new due dates. */
    reason: z.string().trim().min(1).max(2000).optional(),
    justification: z.string().max(100).optional(),
    /** Until when a decision holds. */
    until: z.iso.datetime().optional(),
  })
  .refine(
    ({ assignee, dueAt, state }) => assignee !== undefined || dueAt !== undefined || state !== undefined,
    'Say what to change: assignee, dueAt or state.',
  )
  .refine(({ reason, dueAt }) => dueAt === undefined || reason !== undefined, 'A new due date needs a reason.');

export type ChangeBody = z.infer<typeof changeBody>;

interface Changeable {
  readonly id: string;
  readonly state: string;
  readonly severity: Severity;
}

/** Changes one finding in the transaction of the caller; an error is a sentence, and then nothing must be committed. */
export async function changeFinding(
  query: Query,
  finding: Changeable,
  body: ChangeBody,
  { account, name }: Principal,
  at: Date,
): Promise<{ readonly error?: string }> {
  if (typeof body.assignee === 'string' && !(await accountExists(query, body.assignee)))
    return { error: 'There is no such account to assign it to.' };
  const decision = await decisionFault(query, finding, body, at);
  if (decision !== undefined) return { error: decision };
  for (const change of changesOf(finding, body, name)) {
    const done = await applyChange(query, finding.id, change, { actor: account, at });
    if (!done.ok) return { error: done.error };
  }
  await publish(query, ...eventsOf(finding.id, body, name, at));
  return {};
}

/** Decisions that need a second person are exceptions; what one may decide alone has the same limits of time. */
async function decisionFault(
  query: Query,
  { severity }: Changeable,
  { state, reason, until }: ChangeBody,
  at: Date,
): Promise<string | undefined> {
  if (!decided.safeParse(state).success) return undefined;
  if (reason === undefined) return 'A decision needs a reason.';
  const { tiers } = await currentExceptionPolicy(query);
  const { approvals, maxDays } = tiers[severity];
  if (approvals > 0)
    return `Of findings of severity ${severity} nobody decides alone: request an exception, which somebody else approves.`;
  const latest = at.getTime() + maxDays * 86_400_000;
  if (until === undefined || Date.parse(until) > latest)
    return `Say until when it holds, at most until ${new Date(latest).toISOString().slice(0, 10)}.`;
  return undefined;
}

function changesOf(finding: Changeable, body: ChangeBody, author: string): FindingChange[] {
  const { assignee, dueAt, reason = '' } = body;
  return [
    ...(assignee === undefined ? [] : [{ kind: 'assign', assignee: assignee ?? undefined } as const]),
    ...(dueAt === undefined
      ? []
      : [
          { kind: 'due', dueAt: dueAt === null ? undefined : new Date(dueAt), byHand: dueAt !== null, reason } as const,
        ]),
    ...stateChange(finding, body, author),
  ];
}

function stateChange(finding: Changeable, body: ChangeBody, author: string): FindingChange[] {
  const { state, reason = '', justification, until } = body;
  if (state === undefined) return [];
  if (state === 'in-progress') return [{ kind: 'start' }];
  if (state === 'open')
    return finding.state === 'in-progress'
      ? [{ kind: 'stop' }]
      : [{ kind: 'reopen', cause: { kind: 'person', reason } }];
  const decision = {
    state,
    source: 'person',
    reason,
    author,
    ...(justification !== undefined && { justification }),
    ...(until !== undefined && { until }),
  } as const;
  return [{ kind: 'decide', decision }];
}

function eventsOf(finding: string, { assignee, state }: ChangeBody, by: string, at: Date): NewEvent[] {
  const events: NewEvent[] = [];
  if (assignee) events.push({ kind: 'finding.assigned', at, finding, details: { assignee, by } });
  if (state === 'open') events.push({ kind: 'finding.reopened', at, finding, details: { by } });
  else if (state !== undefined && state !== 'in-progress')
    events.push({ kind: 'finding.decided', at, finding, details: { state, by } });
  return events;
}
