import { z } from 'zod';
import type { Principal } from '#identity/index.ts';
import { severities } from '#model/index.ts';
import { metrics, objectiveStates } from '#program/index.ts';
import {
  accountExists,
  addObjective,
  changeObjective,
  findObjective,
  findTeam,
  listCheckIns,
  listObjectives,
  type Query,
  removeObjective,
  type StoredObjective,
} from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { standingOf, valueOfObjective } from '../../program/jobs.ts';
import { needProgramReach, programReach } from '../../program/reach.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known, name } from '../accounts/rights.ts';

const state = z.enum(objectiveStates);

const shown = z.object({
  id: z.uuid(),
  title: z.string(),
  metric: z.string(),
  team: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  severity: z.enum(severities).nullable(),
  kind: z.string().nullable(),
  baseline: z.number(),
  target: z.number(),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  owner: z.object({ id: z.uuid(), name: z.string() }),
  closedAt: z.iso.datetime().nullable(),
  /** Now, from what was counted in the last 30 days. */
  value: z.number().nullable(),
  /** Where it would be by now on a straight line. */
  expected: z.number(),
  /** 0 at the baseline, 1 at the target. */
  progress: z.number().nullable(),
  state,
});

async function show(query: Query, objective: StoredObjective, now: Date): Promise<z.infer<typeof shown>> {
  const { team, teamName, owner, ownerName, createdAt: _, closedAt, ...rest } = objective;
  const value = await valueOfObjective(query, objective, closedAt ?? now);
  return {
    ...rest,
    team: team === null ? null : { id: team, name: teamName ?? '' },
    owner: { id: owner, name: ownerName },
    closedAt: closedAt?.toISOString() ?? null,
    value,
    ...standingOf(objective, value, closedAt ?? now),
  };
}

const list = route({
  id: 'listObjectives',
  method: 'GET',
  path: '/api/v1/objectives',
  summary: 'What is to be reached by when, and how it stands; those of your teams, or all',
  permission: 'metrics:read',
  ...nothing,
  search: z.object(pageSearch),
  answer: pageOf(shown),
  async handle({ search: { limit, cursor }, principal }, { query, now }) {
    const after = readCursor(cursor, z.tuple([z.iso.date(), z.uuid()]));
    const page = { limit: limit + 1, ...(after && { after }) };
    const rows = await listObjectives(query, programReach(known(principal), 'metrics:read'), page);
    const items = await Promise.all(rows.map((row) => show(query, row, now())));
    return pageFrom(
      items,
      limit,
      ({ endsOn, id }) => [endsOn, id],
      (one) => one,
    );
  },
});

const checkIn = z.object({ day: z.iso.date(), value: z.number().nullable(), expected: z.number(), state });
const detailed = shown.extend({ checkIns: z.array(checkIn) });

const get = route({
  id: 'getObjective',
  method: 'GET',
  path: '/api/v1/objectives/{id}',
  summary: 'One objective with its weekly check-ins, the newest first',
  permission: 'metrics:read',
  ...nothing,
  params: byId,
  answer: detailed,
  async handle({ params: { id }, principal }, { query, now }) {
    const found = await visible(query, known(principal), id, 'metrics:read');
    return { ...(await show(query, found, now())), checkIns: await listCheckIns(query, id) };
  },
});

async function visible(
  query: Query,
  principal: Principal,
  id: string,
  permission: 'metrics:read' | 'objectives:write',
): Promise<StoredObjective> {
  const found = await findObjective(query, id, programReach(principal, permission));
  if (found === undefined) throw notFound('objective');
  return found;
}

const owner = z.uuid().optional().meta({ description: 'An account; you when it is not given' });

const add = route({
  id: 'addObjective',
  method: 'POST',
  path: '/api/v1/objectives',
  summary: 'Says what is to be reached by when; without a baseline it is the value of now',
  permission: 'objectives:write',
  ...nothing,
  body: z
    .strictObject({
      title: name,
      metric: z.enum(metrics.map(({ id }) => id)),
      team: z.uuid().nullable().default(null),
      severity: z.enum(severities).nullable().default(null),
      kind: z.string().max(100).nullable().default(null),
      baseline: z.number().optional(),
      target: z.number(),
      endsOn: z.iso.date(),
      owner,
    })
    .refine(
      ({ metric, severity, kind }) => !isOfAssets(metric) || (severity === null && kind === null),
      'Coverage is of assets, which have no severity and kind.',
    ),
  answer: shown,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    needProgramReach(actor, body.team === null ? [] : [body.team], 'body.team');
    return audited(context, actor, async (query) => {
      const now = context.now();
      const owner = body.owner ?? actor.account;
      await needKnown(query, owner, body.team);
      const baseline = body.baseline ?? (await valueOfObjective(query, body, now));
      if (baseline === null) throw unknownBaseline();
      const startsOn = now.toISOString().slice(0, 10);
      if (body.endsOn <= startsOn) throw wrongDate();
      const id = await addObjective(query, { ...body, baseline, owner, startsOn }, now);
      const made = await visible(query, actor, id, 'objectives:write');
      return {
        answer: await show(query, made, now),
        action: 'objective.add',
        subject: id,
        details: { ...body, baseline },
      };
    });
  },
});

function isOfAssets(metric: string): boolean {
  return metrics.find(({ id }) => id === metric)?.of === 'assets';
}

async function needKnown(query: Query, owner: string, team: string | null): Promise<void> {
  if (!(await accountExists(query, owner))) throw invalid('body.owner', 'There is no such account.');
  if (team !== null && !(await findTeam(query, team))) throw invalid('body.team', 'There is no such team.');
}

function invalid(field: string, message: string): RequestProblem {
  return new RequestProblem(400, 'invalid-request', message, [{ field, message }]);
}

const unknownBaseline = () => invalid('body.baseline', 'The value of now is not known; say where it begins.');
const wrongDate = () => invalid('body.endsOn', 'It has to be after today.');

const change = route({
  id: 'changeObjective',
  method: 'PATCH',
  path: '/api/v1/objectives/{id}',
  summary: 'Changes title, target, date or owner of an objective, or closes it',
  permission: 'objectives:write',
  ...nothing,
  params: byId,
  body: z.strictObject({
    title: name.optional(),
    target: z.number().optional(),
    endsOn: z.iso.date().optional(),
    owner,
    isClosed: z.boolean().optional(),
  }),
  answer: shown,
  handle({ params: { id }, body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      await visible(query, actor, id, 'objectives:write');
      if (body.owner !== undefined) await needKnown(query, body.owner, null);
      const { isClosed, title, target, endsOn, owner } = body;
      await changeObjective(query, id, {
        ...(title !== undefined && { title }),
        ...(target !== undefined && { target }),
        ...(endsOn !== undefined && { endsOn }),
        ...(owner !== undefined && { owner }),
        ...(isClosed !== undefined && { closedAt: isClosed ? context.now() : null }),
      });
      const changed = await visible(query, actor, id, 'objectives:write');
      return {
        answer: await show(query, changed, context.now()),
        action: 'objective.change',
        subject: id,
        details: body,
      };
    });
  },
});

const remove = route({
  id: 'removeObjective',
  method: 'DELETE',
  path: '/api/v1/objectives/{id}',
  summary: 'Removes an objective with its check-ins',
  permission: 'objectives:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const { title } = await visible(query, actor, id, 'objectives:write');
      await removeObjective(query, id);
      return { answer: undefined, action: 'objective.remove', subject: id, details: { title } };
    });
  },
});

export const objectiveRoutes: readonly Route[] = [list, get, add, change, remove];
