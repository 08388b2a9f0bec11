import { z } from 'zod';
import { globPattern } from '#foundation/patterns/index.ts';
import type { Principal } from '#identity/index.ts';
import {
  addProvider,
  changeProvider,
  findProvider,
  grantsOfTeam,
  type IdentityProvider,
  listProviders,
  type Query,
  removeProvider,
} from '#storage/index.ts';
import { isIssuerAddress } from '../../authentication/issuer/issuer-keys.ts';
import { CALLBACK, secretUse } from '../../authentication/oidc/index.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route, type ServerContext } from '../../route.ts';
import { audited, byId, known, name, needAll, needUnlimited, role, scope } from '../accounts/rights.ts';

const group = z
  .string()
  .min(1)
  .max(500)
  .refine((glob) => globPattern(glob).ok, 'The pattern cannot be read.');
const rule = z.union([z.strictObject({ group, team: z.uuid() }), z.strictObject({ group, role, scope })]);

const settings = {
  name,
  issuer: z.string().max(500).refine(isIssuerAddress, 'It is not an https address without a query.'),
  clientId: z.string().min(1).max(500),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/))
    .max(20)
    .default(['openid', 'profile', 'email']),
  /** Of the ID token: a list of groups, or one. */
  groupsClaim: z.string().min(1).max(100).default('groups'),
  rules: z.array(rule).max(500).default([]),
  /** Whether somebody without an account gets one at the first sign-in. */
  makeAccounts: z.boolean().default(false),
  /** Whether an address that the provider has verified leads to the account that has it. */
  linkByEmail: z.boolean().default(false),
  enabled: z.boolean().default(true),
};
const given = z.strictObject({
  ...settings,
  /** Kept when it is left out of a change. */
  clientSecret: z.string().min(1).max(2000).optional(),
});
const shown = z.object({
  id: z.uuid(),
  ...settings,
  hasSecret: z.boolean(),
  redirectUri: z.url(),
  createdAt: z.iso.datetime(),
});

const list = route({
  id: 'listIdentityProviders',
  method: 'GET',
  path: '/api/v1/identity-providers',
  summary: 'Identity providers (OpenID Connect) by which people sign in',
  permission: 'accounts:read',
  ...nothing,
  answer: z.object({ items: z.array(shown) }),
  async handle({ principal }, { query, origin }) {
    needUnlimited(known(principal), 'accounts:read');
    return { items: (await listProviders(query)).map((one) => show(one, origin())) };
  },
});

const add = route({
  id: 'addIdentityProvider',
  method: 'POST',
  path: '/api/v1/identity-providers',
  summary: 'Lets people sign in by an OpenID Connect provider, to which redirectUri has to be known',
  permission: 'accounts:write',
  idempotency: 'own',
  ...nothing,
  body: given,
  answer: shown,
  status: 201,
  handle({ principal, body }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      await needAuthority(query, actor, body.rules);
      const id = await addProvider(query, rowOf(body, null), context.now());
      if (id === undefined) throw nameTaken();
      if (body.clientSecret !== undefined)
        await changeProvider(query, id, rowOf(body, context.secrets.seal(body.clientSecret, secretUse(id))));
      return {
        answer: await shownProvider(query, id, context),
        action: 'identity-provider.add',
        subject: id,
        details: detailsOf(body),
      };
    });
  },
});

const change = route({
  id: 'changeIdentityProvider',
  method: 'PUT',
  path: '/api/v1/identity-providers/{id}',
  summary: 'Changes an identity provider; with another issuer its secret has to be given again',
  permission: 'accounts:write',
  ...nothing,
  params: byId,
  body: given,
  answer: shown,
  handle({ principal, params: { id }, body }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      await needAuthority(query, actor, body.rules);
      const before = await findProvider(query, id);
      if (before === undefined) throw notFound('identity provider');
      const same = (await listProviders(query)).find((one) => one.name === body.name);
      if (same !== undefined && same.id !== id) throw nameTaken();
      // Whoever may change it could have the secret sent to themselves otherwise.
      if (before.client_secret !== null && body.clientSecret === undefined && body.issuer !== before.issuer)
        throw new RequestProblem(400, 'invalid-request', 'Give the secret again: the issuer is another one.', [
          { field: 'body.clientSecret', message: 'It would be sent to another issuer.' },
        ]);
      const sealed =
        body.clientSecret === undefined ? before.client_secret : context.secrets.seal(body.clientSecret, secretUse(id));
      await changeProvider(query, id, rowOf(body, sealed));
      return {
        answer: await shownProvider(query, id, context),
        action: 'identity-provider.change',
        subject: id,
        details: detailsOf(body),
      };
    });
  },
});

const remove = route({
  id: 'removeIdentityProvider',
  method: 'DELETE',
  path: '/api/v1/identity-providers/{id}',
  summary: 'Removes an identity provider with the rights and memberships that it gave; accounts stay',
  permission: 'accounts:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ principal, params: { id } }, context) {
    const actor = known(principal);
    needUnlimited(actor, 'accounts:write');
    return audited(context, actor, async (query) => {
      if ((await findProvider(query, id)) === undefined) throw notFound('identity provider');
      await removeProvider(query, id);
      return { answer: undefined, action: 'identity-provider.remove', subject: id };
    });
  },
});

/** Rules give rights: nobody gives by them what they could not give by hand. */
async function needAuthority(query: Query, actor: Principal, rules: z.infer<typeof given>['rules']): Promise<void> {
  needUnlimited(actor, 'accounts:write');
  for (const one of rules) needAll(actor, 'role' in one ? [one] : await grantsOfTeam(query, one.team));
}

function rowOf(body: z.infer<typeof given>, sealed: string | null) {
  const { name, issuer, clientId, scopes, groupsClaim, rules, makeAccounts, linkByEmail, enabled } = body;
  return {
    name,
    issuer,
    client_id: clientId,
    client_secret: sealed,
    scopes: scopes.includes('openid') ? scopes : ['openid', ...scopes],
    groups_claim: groupsClaim,
    rules,
    make_accounts: makeAccounts,
    link_by_email: linkByEmail,
    enabled,
  };
}

async function shownProvider(query: Query, id: string, { origin }: ServerContext): Promise<z.infer<typeof shown>> {
  const found = await findProvider(query, id);
  if (found === undefined) throw notFound('identity provider');
  return show(found, origin());
}

function show(provider: IdentityProvider, origin: string): z.infer<typeof shown> {
  const { id, name, issuer, scopes, enabled } = provider;
  return {
    id,
    name,
    issuer,
    clientId: provider.client_id,
    scopes,
    groupsClaim: provider.groups_claim,
    rules: [...provider.rules],
    makeAccounts: provider.make_accounts,
    linkByEmail: provider.link_by_email,
    enabled,
    hasSecret: provider.client_secret !== null,
    redirectUri: origin + CALLBACK,
    createdAt: provider.created_at.toISOString(),
  };
}

function detailsOf({ clientSecret: _, ...body }: z.infer<typeof given>) {
  return body;
}

function nameTaken(): RequestProblem {
  return new RequestProblem(409, 'name-taken', 'There is an identity provider of this name.');
}

export const identityProviderRoutes: readonly Route[] = [list, add, change, remove];
