import { sql } from 'kysely';
import type { Severity } from '#model/index.ts';
import type { EventKind } from '#notifications/index.ts';
import type { Query } from '../index.ts';
import { enqueue } from './jobs.ts';

/**
 * Something that happened. Details are for people and for programs that receive it, and never hold a secret.
 *
 * @example { kind: 'finding.reopened', at: now, finding: id, details: { cause: 'the exception has expired' } }
 * @example { kind: 'exception.requested', at: now, subject: { kind: 'exception', id }, team, title: 'Accept CVE-2026-1 until March' }
 */
export type NewEvent = {
  readonly kind: EventKind;
  readonly at: Date;
  readonly details?: Readonly<Record<string, unknown>>;
} & (
  | {
      /** Title, severity, asset and team are read from it. */
      readonly finding: string;
    }
  | {
      readonly subject: { readonly kind: string; readonly id: string };
      readonly title: string;
      readonly severity?: Severity;
      /** Whose rules see it; without, only rules of the whole organisation do. */
      readonly team?: string;
    }
);

/** The kind of job that gives events to the rules; its payload is `{ events: number[] }`. */
export const ROUTE_EVENTS = 'notifications.route';

/** Rows and parameters of one statement are bounded. */
const CHUNK = 500;

/** Writes events down in the transaction of the change that they tell of: there are neither without the other. Any number at once. */
export async function publish(query: Query, ...events: readonly NewEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += CHUNK) {
    const chunk = events.slice(start, start + CHUNK);
    const written = await query.insertInto('outbox_event').values(chunk.map(rowOf)).returning('id').execute();
    await enqueue(query, {
      kind: ROUTE_EVENTS,
      payload: { events: written.map(({ id }) => id) },
      runAt: chunk[0]?.at ?? new Date(0),
    });
  }
}

function rowOf(event: NewEvent) {
  const common = { kind: event.kind, at: event.at, details: JSON.stringify(event.details ?? {}) };
  if ('finding' in event)
    return { ...common, subject_kind: 'finding', subject_id: event.finding, finding_id: event.finding };
  return {
    ...common,
    subject_kind: event.subject.kind,
    subject_id: event.subject.id,
    team_id: event.team ?? null,
    title: event.title.slice(0, 500),
    severity: event.severity ?? null,
  };
}

export interface DueNotice {
  readonly kind: 'finding.due-soon' | 'finding.overdue';
  /** Of findings due from then on, */
  readonly from: Date;
  /** and before then. */
  readonly before: Date;
  readonly now: Date;
  readonly limit: number;
}

/** Writes an event for each open finding that is due then, once for each due date. In a transaction. */
export async function publishDue(query: Query, { kind, from, before, now, limit }: DueNotice): Promise<void> {
  const due = await query
    .selectFrom('finding')
    .select(['id', 'due_at'])
    .where('state', 'in', ['open', 'in-progress'])
    .where('due_at', '>=', from)
    .where('due_at', '<', before)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox_event')
            .select('outbox_event.id')
            .whereRef('outbox_event.finding_id', '=', 'finding.id')
            .where('outbox_event.kind', '=', kind)
            .where(
              sql<boolean>`(outbox_event.details->>'dueAt')::timestamptz = date_trunc('milliseconds', finding.due_at)`,
            ),
        ),
      ),
    )
    .orderBy('due_at')
    .limit(limit)
    .execute();
  const events = due.map(({ id, due_at }) => ({
    kind,
    at: now,
    finding: id,
    details: { dueAt: due_at?.toISOString() ?? null },
  }));
  await publish(query, ...events);
}
