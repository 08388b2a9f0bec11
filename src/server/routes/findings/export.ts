import { Readable } from 'node:stream';
import { z } from 'zod';
import { type FindingSelection, listFindings, type Query } from '#storage/index.ts';
import { Download } from '../../download.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known } from '../accounts/rights.ts';
import { selectionOf } from './list.ts';
import { filterText, type Listed, show } from './shape.ts';

const PAGE = 1000;

const exportAll = route({
  id: 'exportFindings',
  method: 'GET',
  path: '/api/v1/findings/export',
  summary: 'Everything that a filter finds, as a CSV or JSON file of any length',
  permission: 'findings:read',
  ...nothing,
  search: z.object({ filter: filterText, format: z.enum(['csv', 'json']).default('csv') }),
  answer: z.unknown(),
  async handle({ search: { filter, format }, principal }, { query, now }) {
    const selection = selectionOf(known(principal), filter, now());
    return format === 'csv'
      ? new Download('text/csv; charset=utf-8', 'findings.csv', Readable.from(csv(query, selection)))
      : new Download('application/json', 'findings.json', Readable.from(json(query, selection)));
  },
});

/** By id: what is there all the time is in it once, whatever changes meanwhile. Read as fast as the client reads. */
async function* pages(query: Query, selection: FindingSelection): AsyncGenerator<readonly Listed[]> {
  let after: readonly string[] | undefined;
  do {
    const rows = await listFindings(query, selection, { order: 'id', isReversed: false, limit: PAGE, after });
    const page = rows.slice(0, PAGE);
    yield page.map(show);
    after = rows.length > PAGE ? page.at(-1)?.place : undefined;
  } while (after);
}

async function* json(query: Query, selection: FindingSelection): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const page of pages(query, selection)) {
    if (page.length === 0) continue;
    yield separator + page.map((finding) => JSON.stringify(finding)).join(',\n');
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

const COLUMNS: readonly (readonly [string, (finding: Listed) => string | number | boolean | null])[] = [
  ['id', ({ id }) => id],
  ['kind', ({ kind }) => kind],
  ['rule', ({ rule }) => rule],
  ['severity', ({ severity }) => severity],
  ['state', ({ state }) => state],
  ['rank', ({ rank }) => rank],
  ['title', ({ title }) => title],
  ['subject', ({ subject }) => subject],
  ['asset_kind', ({ asset }) => asset.kind],
  ['asset', ({ asset }) => asset.name],
  ['team', ({ team }) => team?.name ?? null],
  ['assignee', ({ assignee }) => assignee],
  ['due_at', ({ dueAt }) => dueAt],
  ['first_seen_at', ({ firstSeenAt }) => firstSeenAt],
  ['last_seen_at', ({ lastSeenAt }) => lastSeenAt],
  ['fixed_at', ({ fixedAt }) => fixedAt],
  ['reopened', ({ reopened }) => reopened],
  ['exploited', ({ isExploited }) => isExploited],
];

async function* csv(query: Query, selection: FindingSelection): AsyncGenerator<string> {
  yield `${COLUMNS.map(([name]) => name).join(',')}\r\n`;
  for await (const page of pages(query, selection))
    if (page.length > 0)
      yield page.map((finding) => `${COLUMNS.map(([, value]) => cell(value(finding))).join(',')}\r\n`).join('');
}

/** Titles come from whatever was scanned: a spreadsheet must not take one for a formula. */
function cell(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export const findingExportRoutes: readonly Route[] = [exportAll];
