import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingLanguage, parseFilter } from '#filter/index.ts';
import type { Scope } from '#identity/index.ts';
import type { Severity } from '#model/index.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';
import { countFindings, groupFindings, isPlaceOf, listFindings } from './list.ts';

const { query } = await emptyStorage();
const now = new Date('2026-11-24T12:00:00Z');
const account = '00000000-0000-4000-8000-000000000001';

const [shop, bank] = await query
  .insertInto('team')
  .values([{ name: 'shop' }, { name: 'bank' }])
  .returning('id')
  .execute();
const assets = await query
  .insertInto('asset')
  .values([
    { kind: 'repository', name: 'registry.example/shop/web', team_id: shop?.id ?? null, exposure: 'internet' },
    { kind: 'repository', name: 'registry.example/bank/api', team_id: bank?.id ?? null },
    { kind: 'host', name: 'node_1', team_id: null },
  ])
  .returning(['id'])
  .execute();

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info', 'unknown'];
const SUBJECTS = ['pkg:deb/debian/openssl', 'pkg:npm/%40types/node', 'pkg:deb/debian/libstdc%2B%2B6', 'etc/passwd'];

await query
  .insertInto('finding')
  .values(
    Array.from({ length: 36 }, (_, index) => ({
      asset_id: assets[index % 3]?.id ?? '',
      kind: SUBJECTS[index % 4]?.startsWith('pkg:') ? 'vulnerability' : 'secret',
      rule: `CVE-2026-${String(index).padStart(4, '0')}`,
      subject: SUBJECTS[index % 4] ?? '',
      title: index % 2 === 0 ? 'Buffer overflow in the parser' : 'Weak, 100% _random_ numbers',
      severity: SEVERITIES[index % 6] ?? 'unknown',
      state: index % 5 === 0 ? ('fixed' as const) : index % 7 === 0 ? ('in-progress' as const) : ('open' as const),
      rank: index,
      due_at: index % 4 === 0 ? null : new Date(now.getTime() + (index - 10) * 86_400_000),
      assignee: index === 1 ? account : null,
      fixed_at: index % 5 === 0 ? now : null,
      exploited: index === 2,
      first_seen_at: new Date(now.getTime() - index * 86_400_000),
      last_seen_at: now,
      details: '{}',
    })),
  )
  .execute();

const everything: readonly Scope[] = [{ kind: 'all' }];

function selection(text: string, scopes = everything) {
  const filter = parseFilter(text, findingLanguage, now);
  if (!filter.ok) throw new Error(filter.error.message);
  return { filter: filter.value, scopes, context: { account, now } };
}

test('each field finds what it says, and counts agree with lists', async () => {
  for (const [text, expected] of [
    ['', 36],
    ['severity>=high', 12],
    ['severity<high', 18],
    ['severity<=unknown', 6],
    ['-severity:unknown', 30],
    ['state:open', 24],
    ['is:open', 28],
    ['is:fixed', 8],
    ['is:decided', 0],
    ['is:exploited', 1],
    ['is:excepted', 0],
    ['kind:secret', 9],
    ['kind:secret,vulnerability', 36],
    ['rule:CVE-2026-0007', 1],
    ['rule:CVE-2026-000*', 10],
    ['package:openssl', 9],
    ['package:libstdc++6', 9],
    ['package:lib*', 9],
    ['-package:openssl', 27],
    ['asset:registry.example/*', 24],
    ['asset:node_1', 12],
    ['asset:node?1', 0],
    ['asset-kind:host', 12],
    ['exposure:internet', 12],
    ['team:shop', 12],
    ['team:none', 12],
    ['-team:shop', 24],
    ['team:shop,none', 24],
    ['assignee:me', 1],
    ['assignee:none', 35],
    ['due:none', 9],
    ['due<0d', 7],
    ['due>0d', 19],
    ['due<2d', 9],
    ['is:overdue', 6],
    ['seen>3d', 3],
    ['seen:2026-11-23', 1],
    ['fixed>1d', 8],
    ['fixed:none', 28],
    ['rank>=30', 6],
    ['rank:30', 1],
    ['overflow', 18],
    ['"overflow buf*"', 18],
    ['buf', 0],
    ['-is:open', 8],
    ['-severity:high,low state:open,fixed', 22],
    ['"random 100"', 18],
    ['cve-2026-0003', 1],
    ['types', 9],
    ['text:"\'; drop table finding"', 0],
    ['severity>=high team:shop is:open package:openssl', 2],
  ] as const) {
    const { count } = await countFindings(query, selection(text));
    const rows = await listFindings(query, selection(text), page('rank', 100));
    assert.equal(count, expected, text);
    assert.equal(rows.length, expected, text);
    const { groups, isExact } = await groupFindings(query, selection(text));
    assert.deepEqual([groups.reduce((sum, { findings }) => sum + findings, 0), isExact], [expected, true], text);
  }
});

test('nothing out of scope is listed, counted or grouped', async () => {
  for (const [scopes, expected] of [
    [[], 0],
    [[{ kind: 'team', team: bank?.id ?? '' }], 12],
    [[{ kind: 'assets', asset: 'host', prefix: 'node' }], 12],
  ] as const) {
    for (const text of ['', 'rank>=0']) {
      const { groups } = await groupFindings(query, selection(text, scopes));
      assert.equal((await countFindings(query, selection(text, scopes))).count, expected);
      assert.equal((await listFindings(query, selection(text, scopes), page('rank', 100))).length, expected);
      assert.equal(
        groups.reduce((sum, { findings }) => sum + findings, 0),
        expected,
      );
    }
  }
});

test('pages put together are the whole list, in every order and both directions', async () => {
  for (const order of ['rank', 'severity', 'due', 'seen', 'id'] as const)
    for (const isReversed of [false, true]) {
      const whole = await listFindings(query, selection(''), { ...page(order, 100), isReversed });
      const paged: string[] = [];
      let after: readonly string[] | undefined;
      do {
        const rows = await listFindings(query, selection(''), { order, isReversed, limit: 7, after });
        paged.push(...rows.slice(0, 7).map(({ id }) => id));
        after = rows.length > 7 ? rows[6]?.place : undefined;
        assert.ok(after === undefined || isPlaceOf(order, after), JSON.stringify(after));
      } while (after);
      assert.deepEqual(
        paged,
        whole.map(({ id }) => id),
        order,
      );
    }
  assert.equal(isPlaceOf('rank', ['1); drop table finding', account]), false);
});

test('the tally follows every change', async () => {
  const asset = assets[0]?.id ?? '';
  const count = async (text: string) => (await countFindings(query, selection(text))).count;
  await query.updateTable('finding').set({ state: 'accepted' }).where('rule', '<', 'CVE-2026-0004').execute();
  assert.equal(await count('is:decided'), 4);
  await query.deleteFrom('finding').where('rule', '=', 'CVE-2026-0001').execute();
  assert.equal(await count('is:decided'), 3);
  await query.deleteFrom('asset').where('id', '=', asset).execute();
  assert.equal(await count(''), 23);
});

function page(order: 'rank' | 'severity' | 'due' | 'seen' | 'id', limit: number) {
  return { order, isReversed: false, limit, after: undefined };
}
