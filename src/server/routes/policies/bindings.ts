import { z } from 'zod';
import { assetKinds, type Principal, scopesOf } from '#identity/index.ts';
import {
  addPolicyBinding,
  findAsset,
  findTeam,
  listPolicyBindings,
  policyVerdicts,
  type Query,
  removePolicyBinding,
  type StoredBinding,
} from '#storage/index.ts';
import { Download } from '../../download.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { type BoundPolicy, bundleOf, strictest } from '../../policies/bundle.ts';
import { type CatalogPolicy, packs } from '../../policies/catalog.ts';
import { programReach } from '../../program/reach.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known } from '../accounts/rights.ts';
import { catalog } from './policies.ts';

const action = z.enum(['audit', 'warn', 'deny']);
const team = z.object({ id: z.uuid(), name: z.string() });

const shown = z.object({
  id: z.uuid(),
  /** A pack, or one policy. */
  policy: z.string(),
  action,
  team: team.nullable(),
  assetKind: z.enum(assetKinds).nullable(),
  assetPrefix: z.string(),
  createdAt: z.iso.datetime(),
});

function show({ team, teamName, createdAt, ...rest }: StoredBinding): z.infer<typeof shown> {
  return {
    ...rest,
    team: team === null ? null : { id: team, name: teamName ?? '' },
    createdAt: createdAt.toISOString(),
  };
}

const list = route({
  id: 'listPolicyBindings',
  method: 'GET',
  path: '/api/v1/policy-bindings',
  summary: 'Which policies are in force where, and whether they audit, warn or deny',
  permission: 'policies:read',
  ...nothing,
  answer: z.object({ items: z.array(shown) }),
  async handle({ principal }, { query }) {
    const rows = await listPolicyBindings(query, programReach(known(principal), 'policies:read'));
    return { items: rows.map(show) };
  },
});

const add = route({
  id: 'addPolicyBinding',
  method: 'POST',
  path: '/api/v1/policy-bindings',
  summary:
    'Puts a policy, or all of a pack, in force for a team, for assets by kind and beginning of their names, or everywhere',
  permission: 'policies:write',
  ...nothing,
  body: z.strictObject({
    policy: z.string().max(200),
    action,
    team: z.uuid().nullable().default(null),
    assetKind: z.enum(assetKinds).nullable().default(null),
    assetPrefix: z.string().max(1024).default(''),
  }),
  answer: shown,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    needReachOver(actor, body.team);
    return audited(context, actor, async (query) => {
      if ((await policiesOf(query, body.policy)).length === 0)
        throw invalid('body.policy', 'There is no such policy or pack.');
      if (body.team !== null && !(await findTeam(query, body.team)))
        throw invalid('body.team', 'There is no such team.');
      const id = await addPolicyBinding(query, { ...body, account: actor.account }, context.now());
      return { answer: show(await found(query, actor, id)), action: 'policy.bind', subject: id, details: body };
    });
  },
});

async function found(query: Query, principal: Principal, id: string): Promise<StoredBinding> {
  const rows = await listPolicyBindings(query, programReach(principal, 'policies:write'));
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw notFound('binding');
  return row;
}

/** Of a word that names a pack, all of its policies. */
async function policiesOf(query: Query, word: string): Promise<CatalogPolicy[]> {
  const all = await catalog(query);
  const pack = (await packs()).find(({ id }) => id === word);
  return (pack?.policies ?? [word]).flatMap((id) => all.get(id) ?? []);
}

function needReachOver(principal: Principal, of: string | null): void {
  const reach = programReach(principal, 'policies:write');
  if (reach === 'all' || (of !== null && reach.includes(of))) return;
  throw new RequestProblem(403, 'not-allowed', 'You can do this for your own teams only; name one of them.', [
    { field: 'body.team', message: 'Not one of your teams.' },
  ]);
}

function invalid(field: string, message: string): RequestProblem {
  return new RequestProblem(400, 'invalid-request', message, [{ field, message }]);
}

const remove = route({
  id: 'removePolicyBinding',
  method: 'DELETE',
  path: '/api/v1/policy-bindings/{id}',
  summary: 'A policy is no longer in force there',
  permission: 'policies:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const { policy, action, team: of } = await found(query, actor, id);
      needReachOver(actor, of);
      await removePolicyBinding(query, id);
      return { answer: undefined, action: 'policy.unbind', subject: id, details: { policy, action } };
    });
  },
});

/** The policies in force for one asset, by the bindings that are about it. */
async function inForce(
  query: Query,
  asset: { readonly kind: string; readonly name: string; readonly team: string | null },
): Promise<BoundPolicy[]> {
  const bindings = (await listPolicyBindings(query, 'all')).filter(
    (one) =>
      (one.team === null || one.team === asset.team) &&
      (one.assetKind === null || one.assetKind === asset.kind) &&
      asset.name.startsWith(one.assetPrefix),
  );
  const bound = new Map<string, { policy: CatalogPolicy; actions: StoredBinding['action'][] }>();
  for (const binding of bindings)
    for (const policy of await policiesOf(query, binding.policy)) {
      const known = bound.get(policy.id) ?? { policy, actions: [] };
      known.actions.push(binding.action);
      bound.set(policy.id, known);
    }
  return [...bound.values()].map(({ policy, actions }) => ({ policy, action: strictest(actions) }));
}

const bundle = route({
  id: 'getPolicyBundle',
  method: 'GET',
  path: '/api/v1/assets/{id}/policies',
  summary: 'The policies in force for an asset as one YAML file, for plimsoll scan --policy',
  permission: 'policies:read',
  ...nothing,
  params: byId,
  answer: z.instanceof(Download),
  async handle({ params: { id }, principal }, { query }) {
    const asset = await findAsset(query, scopesOf(known(principal), 'policies:read'), id);
    if (asset === undefined) throw notFound('asset');
    return new Download('application/yaml; charset=utf-8', 'policies.yaml', bundleOf(await inForce(query, asset)));
  },
});

const MAX_DECISIONS = 100;

const decision = z.object({
  outcome: z.string(),
  policy: z.string(),
  title: z.string(),
  severity: z.string(),
  object: z.string(),
  place: z.string(),
  message: z.string(),
});

const verdict = z.object({
  outcome: z.enum(['denied', 'warned', 'allowed', 'not-decided']),
  notDecided: z.array(z.string()).default([]),
  policies: z
    .array(z.object({ policy: z.string(), title: z.string(), severity: z.string(), objects: z.int(), failed: z.int() }))
    .default([]),
  /** The first hundred. */
  decisions: z
    .array(decision)
    .transform((all) => all.slice(0, MAX_DECISIONS))
    .default([]),
});

const judged = z.object({
  asset: z.object({ id: z.uuid(), kind: z.string(), name: z.string() }),
  report: z.uuid(),
  createdAt: z.iso.datetime(),
  /** Null: it is not as this version knows it. */
  verdict: verdict.nullable(),
});

const verdicts = route({
  id: 'listPolicyVerdicts',
  method: 'GET',
  path: '/api/v1/policy-verdicts',
  summary: 'What policies said of each asset when it was last scanned with some',
  permission: 'policies:read',
  ...nothing,
  search: z.object({
    ...pageSearch,
    outcome: z.enum(['denied', 'warned', 'allowed', 'not-decided']).optional(),
    asset: z.uuid().optional(),
  }),
  answer: pageOf(judged),
  async handle({ search: { limit, cursor, outcome, asset }, principal }, { query }) {
    const after = readCursor(cursor, z.uuid());
    const page = { limit: limit + 1, ...(after && { after }), ...(outcome && { outcome }), ...(asset && { asset }) };
    const rows = await policyVerdicts(query, scopesOf(known(principal), 'policies:read'), page);
    return pageFrom(
      rows,
      limit,
      (row) => row.asset,
      ({ asset: id, assetKind, assetName, report, createdAt, verdict: said }) => ({
        asset: { id, kind: assetKind, name: assetName },
        report,
        createdAt: createdAt.toISOString(),
        verdict: verdict.safeParse(said).data ?? null,
      }),
    );
  },
});

export const policyBindingRoutes: readonly Route[] = [list, add, remove, bundle, verdicts];
