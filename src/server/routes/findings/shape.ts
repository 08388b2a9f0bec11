import { z } from 'zod';
import { type Filter, type FindingField, findingLanguage, parseFilter } from '#filter/index.ts';
import { type FoundFinding, findingOrders, type ListedFinding } from '#storage/index.ts';
import { RequestProblem } from '../../request-problem.ts';

const when = z.iso.datetime();

export const listed = z.object({
  id: z.uuid(),
  kind: z.string(),
  /** Id of the advisory, check or rule. */
  rule: z.string(),
  /** The package without its version, or the class of places. */
  subject: z.string(),
  title: z.string(),
  severity: z.string(),
  state: z.string(),
  /** 0 to 100 */
  rank: z.number(),
  asset: z.object({ id: z.uuid(), kind: z.string(), name: z.string() }),
  team: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  assignee: z.uuid().nullable(),
  dueAt: when.nullable(),
  firstSeenAt: when,
  lastSeenAt: when,
  fixedAt: when.nullable(),
  /** How often it came back. */
  reopened: z.int(),
  isExploited: z.boolean(),
  /** Why it is in a decided state. */
  decision: z.unknown(),
});

export type Listed = z.infer<typeof listed>;

export function show(row: ListedFinding | FoundFinding): Listed {
  return {
    id: row.id,
    kind: row.kind,
    rule: row.rule,
    subject: row.subject,
    title: row.title,
    severity: row.severity,
    state: row.state,
    rank: row.rank,
    asset: { id: row.asset_id, kind: row.asset_kind, name: row.asset_name },
    team: row.team_id === null ? null : { id: row.team_id, name: row.team_name ?? '' },
    assignee: row.assignee,
    dueAt: row.due_at?.toISOString() ?? null,
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    fixedAt: row.fixed_at?.toISOString() ?? null,
    reopened: row.reopened,
    isExploited: row.exploited,
    decision: row.decision,
  };
}

/** `-seen`: the newest first. Each order is as somebody works through it: worst, soonest or oldest first. */
export const sort = z.enum(findingOrders.flatMap((order) => [order, `-${order}` as const])).default('rank');

export const filterText = z.string().max(4000).default('');

/** Reads the filter of a request; a fault names the character. */
export function readFilter(text: string, now: Date, field = 'query.filter'): Filter<FindingField> {
  const read = parseFilter(text, findingLanguage, now);
  if (read.ok) return read.value;
  throw new RequestProblem(400, 'invalid-filter', `${read.error.message} (character ${read.error.at + 1})`, [
    { field, message: `${read.error.at}: ${read.error.message}` },
  ]);
}
