import { z } from 'zod';
import { listProviders, recordAudit } from '#storage/index.ts';
import { refuseForeignPage } from '../../authentication/forgery.ts';
import { accountOf, beginSignIn, CALLBACK, finishSignIn } from '../../authentication/oidc/index.ts';
import { startSession } from '../../authentication/session.ts';
import { Redirect } from '../../redirect.ts';
import { RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { byId } from '../accounts/rights.ts';

const list = route({
  id: 'listSignInProviders',
  method: 'GET',
  path: '/api/v1/session/providers',
  summary: 'Identity providers by which people sign in here, for the page of the sign-in',
  permission: 'anyone',
  ...nothing,
  answer: z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  async handle(_, { query }) {
    const items = (await listProviders(query)).filter(({ enabled }) => enabled);
    return { items: items.map(({ id, name }) => ({ id, name })) };
  },
});

const begin = route({
  id: 'beginProviderSignIn',
  method: 'POST',
  path: '/api/v1/session/providers/{id}',
  summary: 'Begins to sign in by an identity provider: where the browser has to go',
  permission: 'anyone',
  idempotency: 'own',
  ...nothing,
  params: byId,
  answer: z.object({ url: z.url() }),
  status: 201,
  async handle({ params: { id }, headers, flow }, context) {
    refuseForeignPage(headers);
    const begun = await beginSignIn(context, id);
    flow?.set(begun.flow, begun.expires);
    return { url: begun.url };
  },
});

const finish = route({
  id: 'finishProviderSignIn',
  method: 'GET',
  path: CALLBACK,
  summary:
    'Where an identity provider sends the browser back to: signs in and leads to the console, or to /sign-in?problem=CODE',
  permission: 'anyone',
  ...nothing,
  search: z.record(z.string().max(100), z.string().max(8000)),
  answer: z.instanceof(Redirect),
  async handle({ search, flow, cookie, address, headers }, context) {
    const begun = flow?.value;
    flow?.clear();
    try {
      const vouched = await finishSignIn(context, begun, search);
      await context.query.transaction().execute(async (query) => {
        const { id, name } = await accountOf(query, vouched, context.now());
        await startSession(query, { account: id, address, agent: headers['user-agent'] ?? '', cookie }, context.now());
        const details = { address, by: vouched.provider.name };
        await recordAudit(query, {
          principal: { account: id, name },
          action: 'session.start',
          subject: id,
          details,
          at: context.now(),
        });
      });
      return new Redirect('/');
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      return new Redirect(`/sign-in?problem=${encodeURIComponent(error.code)}`);
    }
  },
});

export const providerSignInRoutes: readonly Route[] = [list, begin, finish];
