import { z } from 'zod';
import { scopesOf } from '#identity/index.ts';
import { trackers } from '#notifications/index.ts';
import {
  addTracker,
  changeTracker,
  findTracker,
  listTrackers,
  removeTracker,
  type StoredTracker,
  usableTrackers,
} from '#storage/index.ts';
import { DestinationRoutes, destinationShape } from '../../notifications/destination-routes.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known } from '../accounts/rights.ts';

const tracker = z.object({
  ...destinationShape,
  /** Up to when changes there are known here. */
  polledAt: z.iso.datetime(),
  /** Why asking there did not work the last time. */
  error: z.string().nullable(),
});

const destinations = new DestinationRoutes({
  noun: 'Tracker',
  kinds: trackers,
  summaries: {
    kinds: 'The kinds of trackers, with a JSON Schema of their settings',
    list: 'The trackers of your teams, or all if you have a say everywhere',
    get: 'A tracker without its secrets',
    add: 'Adds a place for tickets, for the findings of a team or of everybody; its secrets are never shown again',
    change: 'Changes a tracker; secret settings that are not given stay as they are',
    remove: 'Removes a tracker; its tickets stay there and are forgotten here',
  },
  answer: tracker,
  show: (base, { polled_at, error }: StoredTracker) => ({ ...base, polledAt: polled_at.toISOString(), error }),
  store: { add: addTracker, change: changeTracker, remove: removeTracker, find: findTracker, list: listTrackers },
});

const listUsable = route({
  id: 'listUsableTrackers',
  method: 'GET',
  path: '/api/v1/usable-trackers',
  summary: 'Where you can have tickets of findings made',
  permission: 'findings:triage',
  ...nothing,
  answer: z.object({ items: z.array(tracker.pick({ id: true, kind: true, name: true, team: true })) }),
  async handle({ principal }, { query }) {
    const scopes = scopesOf(known(principal), 'findings:triage');
    const teams = scopes.flatMap((scope) => (scope.kind === 'team' ? [scope.team] : []));
    const rows = await usableTrackers(query, scopes.some(({ kind }) => kind === 'all') ? 'all' : teams);
    return { items: rows.map(({ id, kind, name, team_id: team }) => ({ id, kind, name, team })) };
  },
});

export const trackerRoutes: readonly Route[] = [...destinations.routes(), listUsable];
