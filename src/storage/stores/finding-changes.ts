import type { Selectable } from 'kysely';
import {
  changeState,
  type FindingChange,
  type FindingEvent,
  type FindingStanding,
  isOpenState,
} from '#findings/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import type { EventKind } from '#notifications/index.ts';
import type { Query } from '../index.ts';
import type { FindingTable } from '../tables/findings.ts';
import { type NewEvent, publish } from './outbox.ts';

/** What is needed of a finding's row for its life cycle. */
export const standingColumns = [
  'id',
  'state',
  'decision',
  'assignee',
  'due_at',
  'due_by_hand',
  'due_from',
  'fixed_at',
  'reopened',
] as const satisfies readonly (keyof FindingTable)[];

export type StandingRow = Pick<Selectable<FindingTable>, (typeof standingColumns)[number]>;

export interface AppliedChange {
  /** Account; undefined for Plimsoll itself. */
  readonly actor: string | undefined;
  readonly at: Date;
}

/**
 * Changes one finding and writes its history, in the transaction of the caller, who has looked whether the principal may (scopes) and
 * records the audit. Locks the row: of two at once, the second sees what the first did. An error is a sentence for the person.
 */
export async function applyChange(
  query: Query,
  finding: string,
  change: FindingChange,
  { actor, at }: AppliedChange,
): Promise<Result<FindingStanding>> {
  const row = await query
    .selectFrom('finding')
    .select(standingColumns)
    .where('id', '=', finding)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return err('There is no finding of this id.');
  const before = standingOf(row);
  const changed = changeState(before, change, at);
  if (!changed.ok) return changed;
  const { finding: after, event } = changed.value;
  if (event === undefined) return ok(after);
  await query
    .updateTable('finding')
    .set(columnsOf(after, !isOpenState(before.state) && isOpenState(after.state) ? at : row.due_from))
    .where('id', '=', finding)
    .execute();
  await writeEvents(query, [{ finding, actor, at, event }]);
  return ok(after);
}

export function standingOf(row: StandingRow): FindingStanding {
  return {
    state: row.state,
    isDueSetByHand: row.due_by_hand,
    reopened: row.reopened,
    ...(row.decision && { decision: row.decision }),
    ...(row.assignee && { assignee: row.assignee }),
    ...(row.due_at && { dueAt: row.due_at }),
    ...(row.fixed_at && { fixedAt: row.fixed_at }),
  };
}

function columnsOf(after: FindingStanding, dueFrom: Date | null) {
  return {
    state: after.state,
    decision: after.decision ? JSON.stringify(after.decision) : null,
    decision_until: after.decision?.until === undefined ? null : new Date(after.decision.until),
    assignee: after.assignee ?? null,
    due_at: after.dueAt ?? null,
    due_by_hand: after.isDueSetByHand,
    due_from: dueFrom,
    fixed_at: after.fixedAt ?? null,
    reopened: after.reopened,
  };
}

export interface WrittenEvent {
  readonly finding: string;
  readonly actor: string | undefined;
  readonly at: Date;
  readonly event: FindingEvent;
}

const AT_ONCE = 2000;

/** What else is told to people and programs, by the kind in the history. */
const PUBLISHED: ReadonlyMap<string, EventKind> = new Map([
  ['opened', 'finding.opened'],
  ['reopened', 'finding.reopened'],
  ['fixed', 'finding.fixed'],
  ['decided', 'finding.decided'],
  ['assigned', 'finding.assigned'],
  ['commented', 'finding.commented'],
]);

/** Writes the history, and tells whoever wants to be told. */
export async function writeEvents(query: Query, events: readonly WrittenEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += AT_ONCE)
    await query
      .insertInto('finding_event')
      .values(events.slice(start, start + AT_ONCE).map(historyRow))
      .execute();
  const told = events.flatMap(({ finding, at, event }): NewEvent[] => {
    const kind = PUBLISHED.get(event.kind);
    return kind === undefined ? [] : [{ kind, at, finding, details: event.details }];
  });
  await publish(query, ...told);
}

function historyRow({ finding, actor, at, event }: WrittenEvent) {
  return {
    finding_id: finding,
    at,
    actor: actor ?? null,
    kind: event.kind,
    details: JSON.stringify(event.details),
  };
}
