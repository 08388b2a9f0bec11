import { findingLanguage, parseFilter } from '#filter/index.ts';
import { dayOf, isoDay, metrics, standingOfObjective } from '#program/index.ts';
import {
  addCheckIn,
  campaignProgress,
  closeCampaign,
  forgetDays,
  measureAsset,
  objectivesToCheck,
  openCampaigns,
  publish,
  type Query,
  refreshCampaign,
  type StoredCampaign,
  type StoredObjective,
  unmeasuredAssets,
} from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';
import { readCounts, valuesOf } from './numbers.ts';
import { scopesOfTeams } from './scopes.ts';

const AT_ONCE = 100;

/** Counts what has happened since it was last counted, an asset a transaction; the first time, all of its history. */
export const measureProgram: JobHandler = async (_, { query, now }, signal) => {
  for (;;) {
    const assets = await unmeasuredAssets(query, now(), AT_ONCE);
    for (const asset of assets) {
      signal.throwIfAborted();
      await query.transaction().execute((transaction) => measureAsset(transaction, asset, now()));
    }
    if (assets.length < AT_ONCE) break;
  }
  await forgetDays(query, now());
};

/** Over so many days an objective looks at what happened. */
const OBJECTIVE_DAYS = 30;

/** Looks once a week how each objective stands, and at its date whether it was reached; tells of those that are not well. */
export const checkObjectives: JobHandler = async (_, { query, now }) => {
  for (const objective of await objectivesToCheck(query, now()))
    await query.transaction().execute((transaction) => checkObjective(transaction, objective, now()));
};

export async function valueOfObjective(
  query: Query,
  { metric: id, team, severity, kind }: Pick<StoredObjective, 'metric' | 'team' | 'severity' | 'kind'>,
  now: Date,
): Promise<number | null> {
  const metric = metrics.find((one) => one.id === id);
  if (metric === undefined) return null;
  const scope = { ...(severity && { severity }), ...(kind !== null && { kind }) };
  const window = { to: dayOf(now), days: OBJECTIVE_DAYS };
  const counted = await readCounts(query, { scopes: scopesOfTeams(team === null ? [] : [team]), scope }, window);
  return valuesOf(metric, counted, window).get(null)?.value ?? null;
}

export function standingOf(objective: StoredObjective, value: number | null, now: Date) {
  const better = metrics.find(({ id }) => id === objective.metric)?.better ?? 'lower';
  const { baseline, target, startsOn, endsOn } = objective;
  return standingOfObjective(
    { better, baseline, target, startsAt: new Date(startsOn), endsAt: new Date(endsOn) },
    value,
    now,
  );
}

async function checkObjective(query: Query, objective: StoredObjective, now: Date): Promise<void> {
  const value = await valueOfObjective(query, objective, now);
  const { state, expected } = standingOf(objective, value, now);
  await addCheckIn(query, objective.id, { day: isoDay(now), value, expected, state });
  if (state === 'at-risk' || state === 'missed')
    await publish(query, {
      kind: `objective.${state}`,
      at: now,
      subject: { kind: 'objective', id: objective.id },
      title: objective.title,
      ...(objective.team !== null && { team: objective.team }),
      details: { metric: objective.metric, value, expected, target: objective.target, endsOn: objective.endsOn },
    });
}

/** Takes in what campaigns are about, and tells of those that are due within a week, are done or over. */
export const sweepCampaigns: JobHandler = async (_, { query, now }) => {
  for (const campaign of await openCampaigns(query))
    await query.transaction().execute((transaction) => sweepCampaign(transaction, campaign, now()));
};

const SOON_MS = 7 * 86_400_000;

export async function sweepCampaign(query: Query, campaign: StoredCampaign, now: Date): Promise<void> {
  const scopes = scopesOfTeams(campaign.teams.map(({ id }) => id));
  const filter = parseFilter(campaign.filter, findingLanguage, now);
  // It was read when the campaign was made; a later version may have taken a word away.
  if (filter.ok) {
    const context = { account: campaign.account, now };
    await refreshCampaign(query, campaign.id, { filter: filter.value, scopes, context }, now);
  }
  const progress = await campaignProgress(query, campaign.id, scopes);
  const open = progress.reduce((sum, one) => sum + one.open, 0);
  const findings = progress.reduce((sum, one) => sum + one.findings, 0);
  const isOver = campaign.endsAt <= now;
  if (isOver || (open === 0 && findings > 0)) {
    await closeCampaign(query, campaign.id, now);
    await announce(query, campaign, 'campaign.finished', { findings, open }, now);
  } else if (isFirstDaySoon(campaign, now))
    await announce(query, campaign, 'campaign.due-soon', { findings, open }, now);
}

/** Sweeps come every ten minutes: the one after the week before began says so. */
function isFirstDaySoon({ endsAt, createdAt }: StoredCampaign, now: Date): boolean {
  const soonAt = endsAt.getTime() - SOON_MS;
  return createdAt.getTime() < soonAt && now.getTime() >= soonAt && now.getTime() < soonAt + SWEEP_MS;
}

const SWEEP_MS = 10 * 60_000;

/** Told to each team that it is for, or to everybody. */
export async function announce(
  query: Query,
  { id, name, teams, endsAt }: Pick<StoredCampaign, 'id' | 'name' | 'teams' | 'endsAt'>,
  kind: 'campaign.started' | 'campaign.due-soon' | 'campaign.finished',
  details: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<void> {
  const event = {
    kind,
    at: now,
    subject: { kind: 'campaign', id },
    title: name,
    details: { ...details, endsAt: endsAt.toISOString() },
  } as const;
  const events = teams.length === 0 ? [event] : teams.map((team) => ({ ...event, team: team.id }));
  await publish(query, ...events);
}
