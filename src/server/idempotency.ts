import { createHash } from 'node:crypto';
import { claimKey, type IdempotentRequest, keepAnswer, releaseKey } from '#storage/index.ts';
import { RequestProblem } from './request-problem.ts';
import type { Route, RouteRequest, ServerContext } from './route.ts';

/** What is sent. */
export interface Answered {
  readonly status: number;
  readonly answer: unknown;
  /** It is what was answered before. */
  readonly isRepeated: boolean;
}

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * Answers, once for each `Idempotency-Key` of an account within 24 hours: who does not know whether a POST arrived sends it again and gets
 * the answer of the first. What failed may be tried again under the same key.
 */
export async function answerOnce(
  route: Route,
  request: RouteRequest<unknown, unknown, unknown>,
  path: string,
  context: ServerContext,
): Promise<Answered> {
  const once = idempotentRequest(route, request, path);
  if (once === undefined) return { ...(await answer(route, request, context)), isRepeated: false };
  const claimed = await claimKey(context.query, once, context.now());
  if (claimed.kind === 'new') return answerFirst(route, request, context, once);
  if (claimed.kind === 'done') return repeated(route, claimed);
  if (claimed.kind === 'running')
    throw new RequestProblem(
      409,
      'key-in-use',
      'A request with this Idempotency-Key is being answered; ask again soon.',
    );
  throw new RequestProblem(422, 'key-used', 'This Idempotency-Key was used for another request; take a new one.');
}

async function answer(route: Route, request: RouteRequest<unknown, unknown, unknown>, context: ServerContext) {
  return { status: route.status ?? 200, answer: await route.handle(request, context) };
}

async function answerFirst(
  route: Route,
  request: RouteRequest<unknown, unknown, unknown>,
  context: ServerContext,
  once: IdempotentRequest,
): Promise<Answered> {
  try {
    const first = await answer(route, request, context);
    await keepAnswer(context.query, once, first.status, route.idempotency === 'secret' ? undefined : first.answer);
    return { ...first, isRepeated: false };
  } catch (error) {
    await releaseKey(context.query, once);
    throw error;
  }
}

function repeated(route: Route, { status, answer: kept }: { readonly status: number; readonly answer: unknown }) {
  if (route.idempotency === 'secret')
    throw new RequestProblem(409, 'answered-before', 'This was done; its answer has a secret, which is shown once.');
  return { status, answer: kept ?? undefined, isRepeated: true };
}

function idempotentRequest(
  route: Route,
  { headers, principal, body }: RouteRequest<unknown, unknown, unknown>,
  path: string,
): IdempotentRequest | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || route.method !== 'POST' || principal === undefined || route.idempotency === 'own')
    return undefined;
  if (!KEY.test(key))
    throw new RequestProblem(400, 'invalid-request', 'An Idempotency-Key has 1 to 200 visible characters.');
  const request = createHash('sha256')
    .update(`${path}\0${JSON.stringify(body) ?? ''}`)
    .digest();
  return { account: principal.account, key, request };
}
