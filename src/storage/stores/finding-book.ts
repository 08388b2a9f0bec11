import { sql } from 'kysely';
import {
  changeState,
  dueDate,
  type Exposure,
  type FindingChange,
  type FindingStanding,
  isOpenState,
  type SlaFacts,
  type SlaPolicy,
} from '#findings/index.ts';
import type { Severity } from '#model/index.ts';
import type { Query } from '../index.ts';
import { type StandingRow, standingOf, type WrittenEvent, writeEvents } from './finding-changes.ts';

/** A finding's row as far as it may change by a scan or a policy. */
export interface BookedRow extends StandingRow {
  readonly severity: Severity;
  readonly exploited: boolean;
}

interface Entry {
  readonly row: BookedRow;
  standing: FindingStanding;
  dueFrom: Date | null;
}

/** Changes of many findings, kept in memory and written with one statement. The rows are locked by whoever fills it. */
export class FindingBook {
  readonly #entries = new Map<string, Entry>();
  readonly #events: WrittenEvent[] = [];
  readonly #now: Date;

  constructor(now: Date) {
    this.#now = now;
  }

  /** Where the finding stands with all changes so far. */
  standing(row: BookedRow): FindingStanding {
    return this.#entry(row).standing;
  }

  /** @param at when it happened, where that is not now: when a scan was made that proves something */
  apply(row: BookedRow, change: FindingChange | undefined, at: Date = this.#now): void {
    if (change === undefined) return;
    const entry = this.#entry(row);
    const changed = changeState(entry.standing, change, at);
    // What cannot be is of no matter here: a report that decides about something with words that say nothing decides nothing.
    if (!changed.ok) return;
    const { finding, event } = changed.value;
    if (!isOpenState(entry.standing.state) && isOpenState(finding.state)) entry.dueFrom = this.#now;
    entry.standing = finding;
    if (event) this.note(row, event.kind, event.details);
  }

  /** Sets the due date by the policy, of what is open. Of a new finding it is part of its beginning. */
  setDue(row: BookedRow, policy: SlaPolicy, exposure: Exposure, reason: string, isNew = false): void {
    const entry = this.#entry(row);
    if (!isOpenState(entry.standing.state) || entry.dueFrom === null) return;
    const facts: SlaFacts = { severity: row.severity, isExploited: row.exploited, exposure };
    const dueAt = dueDate(policy, facts, entry.dueFrom);
    if (isNew) entry.standing = { ...entry.standing, ...(dueAt && { dueAt }) };
    else this.apply(row, { kind: 'due', dueAt, byHand: false, reason });
  }

  note({ id }: BookedRow, kind: string, details: Readonly<Record<string, unknown>>): void {
    this.#events.push({ finding: id, actor: undefined, at: this.#now, event: { kind, details } });
  }

  /** How many findings have changed. */
  get changed(): number {
    return this.#changed().length;
  }

  async write(query: Query): Promise<void> {
    const changed = this.#changed();
    for (let start = 0; start < changed.length; start += AT_ONCE)
      await writeStandings(query, changed.slice(start, start + AT_ONCE));
    await writeEvents(query, this.#events);
  }

  #entry(row: BookedRow): Entry {
    const known = this.#entries.get(row.id);
    if (known) return known;
    const entry = { row, standing: standingOf(row), dueFrom: row.due_from };
    this.#entries.set(row.id, entry);
    return entry;
  }

  #changed(): Entry[] {
    return [...this.#entries.values()].filter(({ row, standing, dueFrom }) => {
      const before = standingOf(row);
      return JSON.stringify([before, row.due_from]) !== JSON.stringify([standing, dueFrom]);
    });
  }
}

/** Of one statement: they are bounded in time. */
const AT_ONCE = 4000;

async function writeStandings(query: Query, entries: readonly Entry[]): Promise<void> {
  const column = <Value>(of: (standing: FindingStanding) => Value) => entries.map(({ standing }) => of(standing));
  await sql`
    update finding set
      state = one.state, decision = one.decision::jsonb, decision_until = one.decision_until, due_at = one.due_at,
      due_by_hand = one.due_by_hand, due_from = one.due_from, fixed_at = one.fixed_at, reopened = one.reopened
    from unnest(
      ${entries.map(({ row }) => row.id)}::uuid[], ${column(({ state }) => state)}::text[],
      ${column(({ decision }) => (decision ? JSON.stringify(decision) : null))}::text[],
      ${column(({ decision }) => (decision?.until === undefined ? null : new Date(decision.until)))}::timestamptz[],
      ${column(({ dueAt }) => dueAt ?? null)}::timestamptz[], ${column(({ isDueSetByHand }) => isDueSetByHand)}::boolean[],
      ${entries.map(({ dueFrom }) => dueFrom)}::timestamptz[], ${column(({ fixedAt }) => fixedAt ?? null)}::timestamptz[],
      ${column(({ reopened }) => reopened)}::integer[]
    ) as one (id, state, decision, decision_until, due_at, due_by_hand, due_from, fixed_at, reopened)
    where finding.id = one.id`.execute(query);
}
