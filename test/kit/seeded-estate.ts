import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { AssetKind } from '#identity/index.ts';
import type { Query } from '#storage/index.ts';

/** An asset of which every row that belongs to it carries the mark. */
export interface MarkedAsset {
  readonly kind: AssetKind;
  readonly name: string;
  readonly team: string | null;
  readonly mark: string;
  /** Of all its rows, by table. */
  readonly ids: ReadonlyMap<string, string>;
}

type Row = Readonly<Record<string, unknown>>;

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly required: boolean;
  readonly refersTable: string | null;
  readonly refersColumn: string | null;
  /** Words that its check allows. */
  readonly words: readonly string[];
}

/**
 * Puts an asset into the database, and a row into every table whose foreign keys lead to it: tables that come later are filled as well.
 * `unfilled` names those that need more than their columns tell.
 */
export async function addMarkedAsset(
  query: Query,
  {
    kind,
    path,
    team,
    account,
  }: {
    readonly kind: AssetKind;
    readonly path: string;
    readonly team: string | null;
    /** Who did all that was done to it. */
    readonly account: string;
  },
): Promise<{ readonly asset: MarkedAsset; readonly unfilled: readonly string[] }> {
  const mark = `mark${randomUUID().replaceAll('-', '')}`;
  const name = `${path}${mark}`;
  const { id } = await query
    .insertInto('asset')
    .values({ kind, name, team_id: team })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = new Map<string, Row>([['asset', { id }]]);
  const waiting = tablesOf(await columnsOf(query));
  const shared = await addShared(query, waiting, mark, account);
  const unfilled: string[] = [];
  for (let found = next(waiting, rows, shared); found; found = next(waiting, rows, shared)) {
    const [table, columns] = found;
    waiting.delete(table);
    const row = await fill(query, table, columns, new Map([...shared, ...rows]), mark).catch(() => undefined);
    if (row) rows.set(table, row);
    else unfilled.push(table);
  }
  const ids = new Map([...rows].flatMap(([table, row]) => ('id' in row ? [[table, String(row['id'])] as const] : [])));
  return { asset: { kind, name, team, mark, ids }, unfilled };
}

function tablesOf(columns: readonly Column[]): Map<string, readonly Column[]> {
  const tables = new Map(Map.groupBy(columns, ({ table }) => table));
  tables.delete('asset');
  return tables;
}

/** One that refers to rows of the asset that are there, and to nothing that is not. */
function next(
  waiting: ReadonlyMap<string, readonly Column[]>,
  rows: ReadonlyMap<string, Row>,
  shared: ReadonlyMap<string, Row>,
): [string, readonly Column[]] | undefined {
  return [...waiting].find(([, columns]) => {
    const referred = columns.filter(({ refersTable }) => refersTable !== null);
    const isThere = ({ refersTable }: Column) => rows.has(refersTable ?? '') || shared.has(refersTable ?? '');
    const isAbout = ({ refersTable }: Column) => rows.has(refersTable ?? '');
    return referred.some(isAbout) && referred.filter(({ required }) => required).every(isThere);
  });
}

/** What rows of an asset refer to without belonging to it: an account, and a package that is in no other asset. */
async function addShared(
  query: Query,
  tables: ReadonlyMap<string, readonly Column[]>,
  mark: string,
  account: string,
): Promise<ReadonlyMap<string, Row>> {
  const added = await fill(query, 'package', tables.get('package') ?? [], new Map(), mark);
  return new Map<string, Row>([['account', { id: account }], ...(added ? [['package', added] as const] : [])]);
}

async function fill(
  query: Query,
  table: string,
  columns: readonly Column[],
  rows: ReadonlyMap<string, Row>,
  mark: string,
): Promise<Row | undefined> {
  const filled = columns.flatMap((column): [string, unknown][] => {
    const value = valueFor(column, rows, mark);
    return value === undefined ? [] : [[column.column, value]];
  });
  const names = sql.join(filled.map(([name]) => sql.ref(name)));
  const values = sql.join(filled.map(([, value]) => sql.val(value)));
  const added = await sql<Row>`insert into ${sql.table(table)} (${names}) values (${values}) returning *`.execute(
    query,
  );
  return added.rows[0];
}

function valueFor(
  { type, required, refersTable, refersColumn, words }: Column,
  rows: ReadonlyMap<string, Row>,
  mark: string,
) {
  if (refersTable !== null) return rows.get(refersTable)?.[refersColumn ?? ''];
  if (words.length > 0) return required ? words[0] : undefined;
  if (type === 'text') return mark;
  if (type === 'jsonb') return required ? JSON.stringify({ mark }) : undefined;
  if (!required) return undefined;
  const simple = new Map<string, unknown>([
    ['uuid', randomUUID()],
    ['timestamptz', new Date('2026-11-24T09:00:00Z')],
    ['date', '2026-11-24'],
    ['bytea', randomBytes(32)],
    ['bool', false],
    ['_text', [mark]],
  ]);
  return simple.has(type) ? simple.get(type) : 1;
}

async function columnsOf(query: Query): Promise<Column[]> {
  const found = await sql<Omit<Column, 'words'> & { readonly checks: string | null }>`
    select c.relname as table, a.attname as column, t.typname as type,
      a.attnotnull and not a.atthasdef and a.attidentity = '' as required,
      (select f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.conkey[1] = a.attnum limit 1) as "refersTable",
      (select r.attname from pg_constraint f join pg_attribute r on r.attrelid = f.confrelid and r.attnum = f.confkey[1]
        where f.conrelid = c.oid and f.contype = 'f' and f.conkey[1] = a.attnum limit 1) as "refersColumn",
      (select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as checks
    from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = current_schema()::regnamespace
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity <> 'a'
    order by c.relname, a.attnum`.execute(query);
  return found.rows.map(({ checks, ...column }) => ({
    ...column,
    words: checks?.includes('ARRAY[') ? [...checks.matchAll(/'([^']+)'::text/g)].map(([, word = '']) => word) : [],
  }));
}
