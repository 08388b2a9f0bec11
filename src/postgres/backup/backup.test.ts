import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { backUpDatabase, openDatabase, restoreDatabase } from '../index.ts';

const ROWS = 100_000;
const root = mkdtempSync(join(tmpdir(), 'plimsoll-test-backup-'));
// The server's own user goes through it.
chmodSync(root, 0o755);
after(() => rmSync(root, { recursive: true, force: true }));
const at = (name: string) => ({ kind: 'embedded', directory: join(root, name) }) as const;

const first: Migration = {
  async up(query) {
    await sql`create table zone (id bigint generated always as identity primary key, name text not null)`.execute(
      query,
    );
    await sql`
      create table asset (
        id bigint generated always as identity primary key,
        zone_id bigint not null references zone,
        parent_id bigint references asset,
        words jsonb not null,
        bytes bytea,
        length integer generated always as (length(words::text)) stored
      )`.execute(query);
    await sql`create table tally (rows bigint not null)`.execute(query);
    await sql`insert into tally values (0)`.execute(query);
    await sql`
      create function count_asset() returns trigger language plpgsql as $$
      begin insert into tally values (1); return null; end $$`.execute(query);
    await sql`create trigger count_asset after insert on asset for each row execute function count_asset()`.execute(
      query,
    );
  },
};
const second: Migration = {
  up: (query) =>
    sql`alter table zone add column colour text not null default 'grey'`.execute(query).then(() => undefined),
};

async function backUp(name: string): Promise<Buffer> {
  const sink = new PassThrough();
  const [written, content] = await Promise.all([backUpDatabase(at(name), sink, new Date()), buffer(sink)]);
  assert.ok(written.ok, written.ok ? '' : written.error);
  return content;
}

const restore = (name: string, content: Buffer, migrations: Readonly<Record<string, Migration>>) =>
  restoreDatabase(at(name), migrations, Readable.from(content));

const summary = sql<{ text: string }>`
  select concat_ws(' ', count(*), md5(string_agg(asset::text, ',' order by id)), (select sum(rows) from tally)) as text from asset`;

test('all rows come back as they were, into tables that are brought up to date; damage and mistakes change nothing', async () => {
  const opened = await openDatabase(at('old'), { first });
  assert.ok(opened.ok, opened.ok ? '' : opened.error);
  const { query } = opened.value;
  await sql`insert into zone (name) values (${'a\tb\\n\u{1f6a2}'})`.execute(query);
  await sql`
    insert into asset (zone_id, parent_id, words, bytes)
    select 1, nullif(n - 1, 0), jsonb_build_object('n', n, 'text', repeat('x', n % 50)), decode(md5(n::text), 'hex')
    from generate_series(1, ${ROWS}) n`.execute(query);
  await sql`insert into asset (zone_id, words) values (1, jsonb_build_array(repeat('long', 300000)))`.execute(query);
  const before = (await summary.execute(query)).rows;
  const content = await backUp('old');
  assert.deepEqual(await backUp('old').then(({ length }) => length > 0), true, 'while it is open, and again');
  await opened.value.close();

  for (const [name, bad, why] of [
    ['cut', content.subarray(0, content.length >> 1), /cut off|damaged/],
    ['other', Buffer.from('something else'), /no backup of Plimsoll/],
  ] as const) {
    const refused = await restore('new', bad, { first });
    assert.ok(!refused.ok && why.test(refused.error), `${name}: ${refused.ok ? 'restored' : refused.error}`);
  }
  const newer = await restore('new', content, { other: first });
  assert.ok(!newer.ok && newer.error.includes('written by a newer Plimsoll'), newer.ok ? '' : newer.error);

  const restored = await restore('new', content, { first, second });
  assert.ok(restored.ok, restored.ok ? '' : restored.error);
  const again = await restore('new', content, { first, second });
  assert.ok(!again.ok && again.error.includes('not empty'));

  const reopened = await openDatabase(at('new'), { first, second });
  assert.ok(reopened.ok);
  assert.deepEqual((await summary.execute(reopened.value.query)).rows, before);
  const zones = await sql`select name, colour from zone`.execute(reopened.value.query);
  assert.deepEqual(zones.rows, [{ name: 'a\tb\\n\u{1f6a2}', colour: 'grey' }]);
  const next = await sql`insert into asset (zone_id, words) values (1, '1') returning id`.execute(reopened.value.query);
  assert.deepEqual(next.rows, [{ id: ROWS + 2 }]);
  assert.deepEqual((await sql`select sum(rows)::bigint as rows from tally`.execute(reopened.value.query)).rows, [
    { rows: ROWS + 2 },
  ]);
  await reopened.value.close();
});

test('a flipped bit is found', async () => {
  const opened = await openDatabase(at('small'), { first });
  assert.ok(opened.ok, opened.ok ? '' : opened.error);
  await opened.value.close();
  const content = await backUp('small');
  for (const place of [20, content.length >> 1, content.length - 10]) {
    const bad = Buffer.from(content);
    bad.writeUInt8(bad.readUInt8(place) ^ 4, place);
    const refused = await restore('never', bad, { first });
    assert.ok(!refused.ok && /damaged|no backup|cut off/.test(refused.error), refused.ok ? 'restored' : refused.error);
  }
});
