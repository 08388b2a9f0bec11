import { z } from 'zod';
import { scopesOf } from '#identity/index.ts';
import { applyOwnershipTo, enqueue, findAsset, findTeam, refreshExposure, setAsset } from '#storage/index.ts';
import { EXPOSURE_CHANGED } from '../../estate/tell.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known } from '../accounts/rights.ts';
import { exposure } from '../estate/shape.ts';

const change = route({
  id: 'changeAsset',
  method: 'PATCH',
  path: '/api/v1/assets/{id}',
  summary: 'Set by hand from where an asset can be reached and who owns it; due dates and ranks follow',
  permission: 'policies:write',
  ...nothing,
  params: byId,
  body: z.strictObject({
    exposure: exposure.nullable().optional().meta({ description: 'null: what is known of where it runs counts again' }),
    team: z.uuid().nullable().optional().meta({ description: 'null: the rules of ownership decide again' }),
  }),
  answer: z.object({ id: z.uuid(), exposure, team: z.uuid().nullable(), ownedBy: z.string().nullable() }),
  async handle({ params: { id }, body, principal }, context) {
    const scopes = scopesOf(known(principal), 'policies:write');
    return audited(context, known(principal), async (query) => {
      const before = await findAsset(query, scopes, id);
      if (before === undefined) throw notFound('asset');
      if (body.team && !(await findTeam(query, body.team)))
        throw new RequestProblem(400, 'invalid-request', 'There is no such team.', [
          { field: 'body.team', message: 'There is no team of this id.' },
        ]);
      const { exposure: from, team } = body;
      await setAsset(query, id, { ...(from !== undefined && { exposure: from }), ...(team !== undefined && { team }) });
      if (from === null) await refreshExposure(query, id);
      if (team === null) await applyOwnershipTo(query, [id]);
      if (from !== undefined)
        await enqueue(query, { kind: EXPOSURE_CHANGED, payload: { assets: [id] }, runAt: context.now() });
      const after = await findAsset(query, [{ kind: 'all' }], id);
      if (after === undefined) throw notFound('asset');
      const answer = { id, exposure: after.exposure, team: after.team, ownedBy: after.ownedBy };
      const was = { exposure: before.exposure, team: before.team, ownedBy: before.ownedBy };
      return { answer, action: 'asset.change', subject: `asset ${id}`, details: { before: was, after: answer } };
    });
  },
});

export const assetChangeRoutes: readonly Route[] = [change];
