import { z } from 'zod';
import { type Principal, scopesOf } from '#identity/index.ts';
import {
  countFindings,
  type FindingGroups,
  type FindingOrder,
  type FindingSelection,
  frequentIn,
  groupFindings,
  isPlaceOf,
  listFindings,
} from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known } from '../accounts/rights.ts';
import { filterText, listed, readFilter, show, sort } from './shape.ts';

export function selectionOf(principal: Principal, filter: string, now: Date): FindingSelection {
  return {
    filter: readFilter(filter, now),
    scopes: scopesOf(principal, 'findings:read'),
    context: { account: principal.account, now },
  };
}

const list = route({
  id: 'listFindings',
  method: 'GET',
  path: '/api/v1/findings',
  summary: 'Findings that a filter finds: severity>=high is:open package:openssl',
  permission: 'findings:read',
  ...nothing,
  search: z.object({ ...pageSearch, filter: filterText, sort }),
  answer: pageOf(listed),
  async handle({ search: { limit, cursor, filter, sort }, principal }, { query, now }) {
    const isReversed = sort.startsWith('-');
    const order = sort.replace('-', '') as FindingOrder;
    const place = z.array(z.string().max(100)).refine((value) => isPlaceOf(order, value));
    const page = { order, isReversed, limit, after: readCursor(cursor, place) };
    const rows = await listFindings(query, selectionOf(known(principal), filter, now()), page);
    return pageFrom(rows, limit, (row) => row.place, show);
  },
});

const count = route({
  id: 'countFindings',
  method: 'GET',
  path: '/api/v1/findings/count',
  summary: 'How many findings a filter finds: exactly, or that there are more than 10,000',
  permission: 'findings:read',
  ...nothing,
  search: z.object({ filter: filterText }),
  answer: z.object({ count: z.int(), isMore: z.boolean() }),
  handle: ({ search, principal }, { query, now }) =>
    countFindings(query, selectionOf(known(principal), search.filter, now())),
});

const FREQUENT = 20;

const bucket = z.object({ value: z.string().nullable(), count: z.int() });

const facets = route({
  id: 'listFindingFacets',
  method: 'GET',
  path: '/api/v1/findings/facets',
  summary: 'How the findings of a filter are spread; only the first 10,000 are looked at where isExact is false',
  permission: 'findings:read',
  ...nothing,
  search: z.object({
    filter: filterText,
    /** Instead of severity, state, kind and the like: the packages or rules that most of the first 2,000 are about. */
    frequent: z.enum(['package', 'rule']).optional(),
  }),
  answer: z.object({ isExact: z.boolean(), total: z.int(), facets: z.record(z.string(), z.array(bucket)) }),
  async handle({ search: { filter, frequent }, principal }, { query, now }) {
    const selection = selectionOf(known(principal), filter, now());
    if (frequent) {
      const column = frequent === 'package' ? 'package_name' : 'rule';
      const found = await frequentIn(query, selection, column, FREQUENT);
      const buckets = found.values.map(({ value, findings }) => ({ value, count: findings }));
      return { isExact: found.isExact, total: found.total, facets: { [frequent]: buckets } };
    }
    const spread = await groupFindings(query, selection);
    return {
      isExact: spread.isExact,
      total: spread.groups.reduce((sum, { findings }) => sum + findings, 0),
      facets: facetsOf(spread),
    };
  },
});

const FACETS = {
  severity: 'severity',
  state: 'state',
  kind: 'kind',
  'asset-kind': 'asset_kind',
  exposure: 'exposure',
  team: 'team_name',
} as const satisfies Readonly<Record<string, keyof FindingGroups['groups'][number]>>;

function facetsOf({ groups }: FindingGroups): Record<string, z.infer<typeof bucket>[]> {
  return Object.fromEntries(
    Object.entries(FACETS).map(([facet, member]) => {
      const counts = new Map<string | null, number>();
      for (const group of groups) counts.set(group[member], (counts.get(group[member]) ?? 0) + group.findings);
      const buckets = [...counts].map(([value, count]) => ({ value, count }));
      return [facet, buckets.sort((one, other) => other.count - one.count)];
    }),
  );
}

export const findingListRoutes: readonly Route[] = [list, count, facets];
