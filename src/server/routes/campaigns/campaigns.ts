import { z } from 'zod';
import { type Principal, scopesOf } from '#identity/index.ts';
import {
  addCampaign,
  burnDown,
  campaignProgress,
  closeCampaign,
  findCampaign,
  findTeam,
  listCampaigns,
  type Query,
  type StoredCampaign,
} from '#storage/index.ts';
import { unlessTaken } from '../../notifications/reach.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { announce, sweepCampaign } from '../../program/jobs.ts';
import { needProgramReach, programReach } from '../../program/reach.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known, name } from '../accounts/rights.ts';
import { readFilter } from '../findings/shape.ts';

const team = z.object({ id: z.uuid(), name: z.string() });

const shown = z.object({
  id: z.uuid(),
  name: z.string(),
  about: z.string(),
  /** Of its findings: for listFindings. */
  filter: z.string(),
  teams: z.array(team),
  account: z.uuid(),
  accountName: z.string(),
  createdAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
});

const progress = z.object({
  /** Null: nobody owns the assets. */
  team: team.nullable(),
  findings: z.int(),
  fixed: z.int(),
  decided: z.int(),
  open: z.int(),
});

function show({ createdAt, endsAt, closedAt, teams, ...rest }: StoredCampaign): z.infer<typeof shown> {
  return {
    ...rest,
    teams: [...teams],
    createdAt: createdAt.toISOString(),
    endsAt: endsAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  };
}

const list = route({
  id: 'listCampaigns',
  method: 'GET',
  path: '/api/v1/campaigns',
  summary: 'Campaigns of your teams, or all; those that end first come first',
  permission: 'metrics:read',
  ...nothing,
  search: z.object(pageSearch),
  answer: pageOf(shown),
  async handle({ search: { limit, cursor }, principal }, { query }) {
    const after = readCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]));
    const page = { limit: limit + 1, ...(after && { after }) };
    const rows = await listCampaigns(query, programReach(known(principal), 'metrics:read'), page);
    return pageFrom(rows, limit, ({ endsAt, id }) => [endsAt.toISOString(), id], show);
  },
});

const detailed = shown.extend({
  progress: z.array(progress),
  burnDown: z.array(z.object({ day: z.iso.date(), findings: z.int(), open: z.int() })),
});

async function showDetailed(query: Query, campaign: StoredCampaign, principal: Principal, now: Date) {
  const scopes = scopesOf(principal, 'metrics:read');
  const parts = await campaignProgress(query, campaign.id, scopes);
  return {
    ...show(campaign),
    progress: parts.map(({ team, teamName, ...counts }) => ({
      team: team === null ? null : { id: team, name: teamName ?? '' },
      ...counts,
    })),
    burnDown: await burnDown(query, campaign, scopes, now),
  };
}

const get = route({
  id: 'getCampaign',
  method: 'GET',
  path: '/api/v1/campaigns/{id}',
  summary: 'One campaign: how far each team is, and how many findings were open on each day, of what you may see',
  permission: 'metrics:read',
  ...nothing,
  params: byId,
  answer: detailed,
  async handle({ params: { id }, principal }, { query, now }) {
    const found = await visible(query, known(principal), id, 'metrics:read');
    return showDetailed(query, found, known(principal), now());
  },
});

async function visible(
  query: Query,
  principal: Principal,
  id: string,
  permission: 'metrics:read' | 'objectives:write',
): Promise<StoredCampaign> {
  const found = await findCampaign(query, id, programReach(principal, permission));
  if (found === undefined) throw notFound('campaign');
  return found;
}

const add = route({
  id: 'addCampaign',
  method: 'POST',
  path: '/api/v1/campaigns',
  summary: 'Asks teams to be rid of what a filter finds by a date; they are told of it',
  permission: 'objectives:write',
  ...nothing,
  body: z.strictObject({
    name,
    about: z.string().trim().max(4000).default(''),
    filter: z.string().trim().min(1).max(4000),
    teams: z.array(z.uuid()).max(100).default([]).meta({ description: 'None: everybody' }),
    endsAt: z.iso.datetime(),
  }),
  answer: detailed,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    const now = context.now();
    needProgramReach(actor, body.teams, 'body.teams');
    readFilter(body.filter, now, 'body.filter');
    if (Date.parse(body.endsAt) <= now.getTime()) throw invalid('body.endsAt', 'It has to be later than now.');
    return audited(context, actor, async (query) => {
      const teams = [...new Set(body.teams)];
      for (const one of teams) if (!(await findTeam(query, one))) throw invalid('body.teams', 'There is no such team.');
      const asked = { ...body, teams, account: actor.account, endsAt: new Date(body.endsAt) };
      const id = await unlessTaken(() => addCampaign(query, asked, now));
      const made = await visible(query, actor, id, 'objectives:write');
      await announce(query, made, 'campaign.started', { about: body.about, filter: body.filter }, now);
      await sweepCampaign(query, made, now);
      return {
        answer: await showDetailed(query, made, actor, now),
        action: 'campaign.add',
        subject: id,
        details: body,
      };
    });
  },
});

function invalid(field: string, message: string): RequestProblem {
  return new RequestProblem(400, 'invalid-request', message, [{ field, message }]);
}

const close = route({
  id: 'closeCampaign',
  method: 'POST',
  path: '/api/v1/campaigns/{id}/close',
  summary: 'Ends a campaign before its date; what it was about stays as it is',
  permission: 'objectives:write',
  ...nothing,
  params: byId,
  answer: shown,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const found = await visible(query, actor, id, 'objectives:write');
      if (found.closedAt !== null) throw new RequestProblem(409, 'closed', 'The campaign is over already.');
      await closeCampaign(query, id, context.now());
      const answer = show({ ...found, closedAt: context.now() });
      return { answer, action: 'campaign.close', subject: id, details: { name: found.name } };
    });
  },
});

export const campaignRoutes: readonly Route[] = [list, get, add, close];
