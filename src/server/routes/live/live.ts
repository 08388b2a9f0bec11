import { z } from 'zod';
import { type Permission, type Principal, scopesOf } from '#identity/index.ts';
import { isLostPlace, type LiveAudience, type LivePlace, liveEnd, liveEvents, type Query } from '#storage/index.ts';
import { Download } from '../../download.ts';
import { eventText, liveStream, placeText, readPlace } from '../../live/index.ts';
import { reachOf } from '../../notifications/reach.ts';
import { RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known } from '../accounts/rights.ts';

const MEDIA_TYPE = 'text/event-stream; charset=utf-8';
const BATCH = 500;

/**
 * Events: `finding` (change: opened, reopened, fixed, changed; state, severity, assignee), `findings` (many of one asset at once; count),
 * `exception` and `delivery` (state), `job` (dead; kind), and `reset`: something may be missing before it, load your lists anew.
 */
const live = route({
  id: 'watchLive',
  method: 'GET',
  path: '/api/v1/live',
  summary:
    'What changes, as server-sent events: finding, findings, exception, delivery, job (data: change, subject, asset, at and what lists show), and reset when some may be missing. Last-Event-ID goes on from there. The stream ends after two minutes; come again with the last id',
  permission: 'signed-in',
  ...nothing,
  search: z.object({
    after: z.string().max(40).optional().meta({ description: 'In place of Last-Event-ID; 0-0 for all that is kept' }),
    follow: z
      .enum(['true', 'false'])
      .default('true')
      .meta({ description: 'false: only what there is; the answer ends with it' }),
  }),
  answer: z.instanceof(Download),
  async handle({ principal, headers, search }, { query, live: hub }) {
    const audience = audienceOf(known(principal));
    const start = await startOf(query, headers['last-event-id'] ?? search.after);
    if (search.follow === 'false' || hub === undefined)
      return new Download(MEDIA_TYPE, undefined, await everything(query, start, audience));
    const opening = `retry: 1000\n${start.opening}`;
    return new Download(MEDIA_TYPE, undefined, liveStream(hub, opening, start.place, audience));
  },
});

interface Start {
  readonly place: LivePlace;
  readonly opening: string;
}

async function startOf(query: Query, given: string | undefined): Promise<Start> {
  const place = given === undefined ? await liveEnd(query) : readPlace(given);
  if (place === undefined)
    throw new RequestProblem(400, 'invalid-request', 'The place to go on from is not one that this stream has given.', [
      { field: 'query.after', message: 'Take it from the id of the last event, unchanged.' },
    ]);
  if (place.transaction === '0' || given === undefined || !(await isLostPlace(query, place)))
    return { place, opening: `id: ${placeText(place)}\n\n` };
  const end = await liveEnd(query);
  return { place: end, opening: `id: ${placeText(end)}\nevent: reset\ndata: {}\n\n` };
}

async function everything(query: Query, { place, opening }: Start, audience: LiveAudience): Promise<string> {
  const { events } = await liveEvents(query, place, audience, BATCH);
  return opening + events.map(eventText).join('');
}

function audienceOf(principal: Principal): LiveAudience {
  const isEverywhere = (permission: Permission) => scopesOf(principal, permission).some(({ kind }) => kind === 'all');
  return {
    account: principal.account,
    findings: scopesOf(principal, 'findings:read'),
    messages: reachOf(principal),
    system: isEverywhere('system:read'),
  };
}

export const liveRoutes: readonly Route[] = [live];
