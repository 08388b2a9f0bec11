import { z } from 'zod';
import { assetKinds } from '#identity/index.ts';
import {
  currentOwnershipRules,
  enqueue,
  previewOwnership,
  recordAudit,
  replaceOwnershipRules,
} from '#storage/index.ts';
import { RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known, needUnlimited } from '../accounts/rights.ts';

const team = z.string().min(1).max(200).meta({ description: 'Name of a team' });
const rule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('label'), label: z.string().min(1).max(200) }),
  z.object({
    kind: z.literal('path'),
    pattern: z.string().min(1).max(300).meta({ description: '* for anything but a slash, ** for anything' }),
    asset: z.enum(assetKinds).optional(),
    team,
  }),
  z.object({ kind: z.literal('default'), team }),
]);
const rules = z.array(rule).max(500).meta({ description: 'The first that holds decides' });
const versioned = z.object({
  version: z
    .number()
    .int()
    .min(0)
    .meta({ description: 'The one that was read; another one means that they were changed since' }),
  rules,
});

type Rules = z.infer<typeof rules>;

/** Members that are not given are absent, not undefined. */
function exact(given: Rules) {
  return given.map((one) => {
    if (one.kind !== 'path') return one;
    const { asset, ...rest } = one;
    return asset === undefined ? rest : { ...rest, asset };
  });
}

const get = route({
  id: 'getOwnershipRules',
  method: 'GET',
  path: '/api/v1/ownership-rules',
  summary: 'Which team owns what: the first rule that holds decides; what a person has set comes before all',
  permission: 'policies:read',
  ...nothing,
  answer: z.object({ version: z.number().int(), rules: z.array(z.unknown()) }),
  async handle({ principal }, { query }) {
    needUnlimited(known(principal), 'policies:read');
    const { version, rules: current } = await currentOwnershipRules(query);
    return { version, rules: [...current] };
  },
});

const put = route({
  id: 'replaceOwnershipRules',
  method: 'PUT',
  path: '/api/v1/ownership-rules',
  summary: 'Change which team owns what; assets change hands soon after',
  permission: 'policies:write',
  ...nothing,
  body: versioned,
  answer: z.object({ version: z.number().int(), rules: z.array(z.unknown()) }),
  async handle({ body, principal: asking }, { query, now }) {
    const principal = known(asking);
    needUnlimited(principal, 'policies:write');
    return query.transaction().execute(async (transaction) => {
      const at = now();
      const wanted = { version: body.version, rules: exact(body.rules) };
      const replaced = await replaceOwnershipRules(transaction, wanted, principal.account, at);
      if (replaced === undefined)
        throw new RequestProblem(409, 'changed-since', 'Somebody has changed the rules since; read them again.');
      await enqueue(transaction, { kind: 'ownership.apply', payload: {}, runAt: at });
      await recordAudit(transaction, {
        principal,
        action: 'ownership.change',
        subject: 'ownership rules',
        details: { version: replaced.version, rules: replaced.rules },
        at,
      });
      return { version: replaced.version, rules: [...replaced.rules] };
    });
  },
});

const count = z.number().int();

const preview = route({
  id: 'previewOwnershipRules',
  method: 'POST',
  path: '/api/v1/ownership-rules/preview',
  summary: 'How many assets rules would give to another team; nothing changes',
  permission: 'policies:write',
  ...nothing,
  body: z.object({ rules }),
  answer: z.object({ assets: count, changed: count, unownedBefore: count, unownedAfter: count }),
  async handle({ body, principal }, { query }) {
    needUnlimited(known(principal), 'policies:write');
    return previewOwnership(query, exact(body.rules));
  },
});

export const ownershipRoutes: readonly Route[] = [get, put, preview];
