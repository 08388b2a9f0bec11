import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Principal } from '#identity/index.ts';
import type { Query } from '../index.ts';

/** Something that was changed. Details are what a person needs to understand it, and never a secret. */
export interface AuditRecord {
  /** Undefined for Plimsoll itself. */
  readonly principal: Pick<Principal, 'account' | 'name'> | undefined;
  /** `finding.triage`, `token.create`: noun and verb. */
  readonly action: string;
  /** What was changed: `finding 0b6f...`. */
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

const FIRST = Buffer.alloc(32);
/** Any number that nobody else locks: entries are chained one after the other. */
const LOCK = 7_240_001;

/** Adds an entry, to be called in the transaction that makes the change: there is neither without the other. */
export async function recordAudit(
  query: Query,
  { principal, action, subject, details = {}, at }: AuditRecord,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(query);
  const last = await query
    .selectFrom('audit_entry')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at,
    actor_id: principal?.account ?? null,
    actor_name: principal?.name ?? 'Plimsoll',
    action,
    subject,
    details: JSON.stringify(details),
    previous: last?.hash ?? FIRST,
  };
  await query
    .insertInto('audit_entry')
    .values({ ...entry, hash: hashOf(entry) })
    .execute();
}

type Hashed = Readonly<Record<'seq' | 'actor_id' | 'actor_name' | 'action' | 'subject', string | number | null>> & {
  readonly at: Date;
  /** JSON. */
  readonly details: string;
  readonly previous: Buffer;
};

function hashOf({ seq, at, actor_id, actor_name, action, subject, details, previous }: Hashed): Buffer {
  const fields = [seq, at.toISOString(), actor_id, actor_name, action, subject, canonical(JSON.parse(details))];
  return createHash('sha256').update(previous).update(JSON.stringify(fields)).digest();
}

/** The database keeps members in an order of its own. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, canonical(member)]);
}

export interface AuditVerification {
  readonly entries: number;
  /** The first entry that is not as it was written, or whose predecessor is gone. */
  readonly brokenAt?: number;
}

const PAGE = 1000;

/** Goes through the whole chain. That its end was cut off shows only to who noted its length and last hash elsewhere. */
export async function verifyAudit(query: Query): Promise<AuditVerification> {
  let seq = 0;
  let previous: Buffer = FIRST;
  for (;;) {
    const page = await query
      .selectFrom('audit_entry')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    for (const entry of page) {
      const hash = hashOf({ ...entry, details: JSON.stringify(entry.details) });
      if (entry.seq !== seq + 1 || !entry.previous.equals(previous) || !entry.hash.equals(hash))
        return { entries: seq, brokenAt: seq + 1 };
      [seq, previous] = [entry.seq, entry.hash];
    }
    if (page.length < PAGE) return { entries: seq };
  }
}

export interface AuditFilter {
  /** Older than this entry. */
  readonly before: number | undefined;
  readonly limit: number;
  readonly actor: string | undefined;
  /** Beginning of the action: `account.` */
  readonly action: string | undefined;
  readonly subject: string | undefined;
}

export interface AuditEntry {
  readonly seq: number;
  readonly at: Date;
  readonly actor: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly subject: string;
  readonly details: object;
  readonly hash: Buffer;
}

/** The newest first. */
export function listAudit(query: Query, { before, limit, actor, action, subject }: AuditFilter): Promise<AuditEntry[]> {
  let rows = query
    .selectFrom('audit_entry')
    .select(['seq', 'at', 'actor_id as actor', 'actor_name as actorName', 'action', 'subject', 'details', 'hash'])
    .orderBy('seq', 'desc')
    .limit(limit);
  if (before !== undefined) rows = rows.where('seq', '<', before);
  if (actor !== undefined) rows = rows.where('actor_id', '=', actor);
  if (action !== undefined)
    rows = rows.where(({ eb, fn, val }) => eb(fn('starts_with', ['action', val(action)]), '=', true));
  if (subject !== undefined) rows = rows.where('subject', '=', subject);
  return rows.execute();
}
