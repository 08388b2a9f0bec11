import { sql } from 'kysely';
import { jobHandlers, type ServerContext } from '#server/index.ts';
import type { Query } from '#storage/index.ts';
import { type Estate, makeEstate } from './estate.ts';
import { setUp } from './history/administration.ts';
import { exceptionsOf } from './history/exceptions.ts';
import { tellInventories } from './history/inventories.ts';
import { sendNotifications, setUpNotifications } from './history/notifications.ts';
import { type Office, openOffice } from './history/office.ts';
import { hire } from './history/people.ts';
import { type Arrival, arrivals } from './history/scans.ts';
import { fileTickets } from './history/tickets.ts';
import { triage } from './history/triage.ts';
import { Random } from './random.ts';
import type { DemoSize } from './size.ts';
import { HISTORY_DAYS, Timeline } from './timeline.ts';

/** Reports that are taken in at once. */
const LANES = 3;

export interface DemoSettings {
  /** Any text: the same one makes the same organisation. */
  readonly seed: string;
  readonly size: DemoSize;
  /** The last moment of the history. */
  readonly now: Date;
  /** Told of each day of the history that is done. */
  onProgress?(done: number, of: number): void;
}

/**
 * Fills an empty database with a made-up organisation and its history, by the ways that real data comes: reports are uploaded, people use
 * the operations of the server, at times that lie in the past.
 */
export async function seedDemo(context: ServerContext, { seed, size, now, onProgress }: DemoSettings): Promise<void> {
  const { query } = context;
  const timeline = new Timeline(now);
  const estate = makeEstate(seed, size);
  const staff = await query.transaction().execute((first) => hire(first, timeline.at(-HISTORY_DAYS - 1)));
  const office = openOffice(context, staff);
  await setUp(office, timeline);
  const rules = await setUpNotifications(office, timeline.at(-84));
  await live(context, office, estate, timeline, onProgress);
  await jobHandlers.get('program.measure')?.({}, { ...context, now: () => now }, new AbortController().signal);
  const random = new Random(`${seed} end`);
  await fileTickets(office, random, timeline);
  await sendNotifications(office, rules, random, timeline);
  // What is left is about events that were told long ago, and about advisories that the demo does not have.
  await query.deleteFrom('job').execute();
  await sql`analyze`.execute(query);
}

/** Days on which the demo has agents tell what runs; real ones tell all the time. */
const TOLD_ON: ReadonlySet<number> = new Set([-88, -58, -30, -1]);

/** What the server does by itself, here once a day. */
const NIGHTLY = ['exceptions.sweep', 'decisions.expire', 'notifications.due'] as const;

/** Kinds of jobs that follow from what is told, and must be done before the next day. */
const FOLLOWING = ['assets.exposed', 'assets.refresh'] as const;

/** Day after day: what is scanned, and what people do about it. */
async function live(
  context: ServerContext,
  office: Office,
  estate: Estate,
  timeline: Timeline,
  onProgress: DemoSettings['onProgress'],
): Promise<void> {
  const byDay = Map.groupBy(arrivals(estate, office.staff, timeline), ({ day }) => day);
  for (let day = -HISTORY_DAYS; day < 0; day += 1) {
    await takeAll(office.query, byDay.get(day) ?? []);
    if (TOLD_ON.has(day)) await tellInventories(office, estate, day, timeline);
    const random = new Random(`${estate.seed} day ${day}`);
    if (day > -80) await triage(office, day, random, timeline);
    await exceptionsOf(office, day, random, timeline);
    await endDay({ ...context, now: () => timeline.at(day, 23) });
    onProgress?.(day + HISTORY_DAYS + 1, HISTORY_DAYS);
  }
}

async function endDay(context: ServerContext): Promise<void> {
  const { signal } = new AbortController();
  const { query } = context;
  const following = await query
    .deleteFrom('job')
    .where('kind', 'in', FOLLOWING)
    .returning(['kind', 'payload'])
    .execute();
  for (const { kind, payload } of following) await jobHandlers.get(kind)?.(payload, context, signal);
  for (const kind of NIGHTLY) await jobHandlers.get(kind)?.({}, context, signal);
}

/** Reports of a day come on several ways at once, as they do. */
async function takeAll(query: Query, arriving: readonly Arrival[]): Promise<void> {
  const waiting = [...arriving];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { take } = next;
      await query.transaction().execute(async (one) => {
        await hastily(one);
        await take(one);
      });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Nothing is lost that could not be made again: the transaction does not wait for the disk. */
async function hastily(query: Query): Promise<void> {
  await sql`set local synchronous_commit to off`.execute(query);
}
