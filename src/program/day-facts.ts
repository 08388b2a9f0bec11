import { addDays, ageIndex, DAY_MS } from './age.ts';
import { add, type Facts } from './facts.ts';
import { type Episode, type FindingHistory, type FindingLife, lifeOf } from './life.ts';

/** What happened to findings on each of some days, the first of which is `from`. Of the day that is not over, until `now`. */
export function factsOfDays(histories: readonly FindingHistory[], from: Date, days: number, now: Date): Facts[] {
  const sums = Array.from({ length: days }, () => new Map<string, number>());
  for (const history of histories) {
    const life = lifeOf(history);
    for (const [index, sum] of sums.entries()) addDay(sum, history, life, { day: addDays(from, index), now });
  }
  return sums.map((sum) => Object.fromEntries(sum));
}

interface Day {
  readonly day: Date;
  readonly now: Date;
}

function addDay(
  sum: Map<string, number>,
  history: FindingHistory,
  { episodes, accepted }: FindingLife,
  { day, now }: Day,
): void {
  const end = new Date(Math.min(addDays(day, 1).getTime(), now.getTime()));
  if (history.firstSeenAt >= end) return;
  if (isWithin(history.firstSeenAt, day)) addFound(sum, history);
  for (const episode of episodes) addEpisode(sum, episode, day, end);
  if (accepted.some((time) => time.from < end && (time.to === undefined || time.to >= end))) add(sum, 'accepted');
}

function isWithin(at: Date | undefined, day: Date): boolean {
  return at !== undefined && at >= day && at < addDays(day, 1);
}

/** What was published before the asset was known was found at first sight: that says nothing about how soon it is found. */
function addFound(sum: Map<string, number>, { firstSeenAt, publishedAt, assetSeenAt }: FindingHistory): void {
  if (publishedAt === undefined) add(sum, 'found_undated');
  else if (publishedAt >= assetSeenAt) add(sum, `found${ageIndex(daysBetween(publishedAt, firstSeenAt))}`);
}

function daysBetween(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime()) / DAY_MS;
}

function addEpisode(sum: Map<string, number>, episode: Episode, day: Date, end: Date): void {
  const { from, to, heardAt } = episode;
  if (from >= end || (to !== undefined && to < day)) return;
  if (isWithin(from, day)) add(sum, episode.isReopened ? 'reopened' : 'opened');
  if (isWithin(heardAt, day)) add(sum, `heard${ageIndex(daysBetween(from, heardAt ?? from))}`);
  if (isWithin(to, day)) addEnd(sum, episode, to ?? day);
  if (to === undefined || to >= end) addOpen(sum, episode, end);
}

function addOpen(sum: Map<string, number>, { from, heardAt, dueAt }: Episode, end: Date): void {
  const age = ageIndex(daysBetween(from, end));
  add(sum, `open${age}`);
  if (heardAt === undefined || heardAt >= end) add(sum, `silent${age}`);
  if (dueAt === null) add(sum, 'open_undated');
  else if (dueAt < end) add(sum, 'overdue');
}

function addEnd(sum: Map<string, number>, { from, end, dueAt }: Episode, to: Date): void {
  if (end !== 'fixed') {
    add(sum, end === 'accepted' ? 'became_accepted' : 'became_noise');
    return;
  }
  add(sum, `fixed${ageIndex(daysBetween(from, to))}`);
  add(sum, dueAt === null ? 'fixed_undated' : to <= dueAt ? 'fixed_in_time' : 'fixed_late');
}
