import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { assetKinds, type Grant, type Permission, type Principal, permissions, type Scope } from '#identity/index.ts';
import { addAccount, addTeam } from '#storage/index.ts';
import { addMarkedAsset, type MarkedAsset } from '../../../test/kit/seeded-estate.ts';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { createApplication } from '../application.ts';
import type { Route } from '../route.ts';
import { routes } from './index.ts';

const { query } = await emptyStorage();
const context = testContext(query);
const account = (await addAccount(query, { kind: 'person', name: 'reader', email: null }, context.now())) ?? '';
const other = (await addAccount(query, { kind: 'person', name: 'somebody else', email: null }, context.now())) ?? '';
const teamIds = await Promise.all(['shop', 'bank', 'none'].map((name) => addTeam(query, name, context.now())));
const teams = teamIds.filter((id) => id !== undefined);

let principal: Principal | undefined;
const application = await createApplication({
  context,
  routes,
  authenticate: async () => principal,
  requestsPerMinute: 10_000_000,
});
after(() => application.close());

const reading = routes.filter(({ method, permission }) => method === 'GET' && permission !== 'anyone');
const everything: ReadonlySet<Permission> = new Set(permissions);

/** Its name is in most of what there is of it, and its id in the rest. */
function isToldOf(answer: string, { mark, ids }: MarkedAsset): boolean {
  return answer.includes(mark) || answer.includes(ids.get('asset') ?? mark);
}

function readerWith(grants: readonly Grant[]): Principal {
  return { account, name: 'reader', kind: 'person', grants };
}

/** Without what differs from one request to the next. */
async function answerOf(url: string): Promise<string> {
  const { statusCode, body } = await application.inject(url);
  return `${statusCode} ${body.replace(/"instance":"[^"]*"/, '').replace(/^id: .*/, '')}`;
}

/** Every address that a route may have, with every id that there is of an asset in the place of its parameters. */
function addressesOf({ id, path }: Route, assets: readonly MarkedAsset[]): string[] {
  // The stream, from its beginning, of what there is.
  if (id === 'watchLive') return [`${path}?follow=false&after=0-0`];
  if (!path.includes('{')) return [path, `${path}?limit=500`];
  const ids = assets.flatMap(({ ids }) => [...new Set(ids.values())]);
  return ids.map((id) => path.replaceAll(/\{\w+\}/g, id));
}

/** Without rights about anything that there is, but with every permission about something else. */
const elsewhere = readerWith([
  { permissions: everything, scope: { kind: 'team', team: teams[2] ?? '' } },
  { permissions: everything, scope: { kind: 'assets', asset: 'repository', prefix: 'elsewhere/' } },
]);

async function answersElsewhere(): Promise<Map<string, string>> {
  principal = elsewhere;
  const answers = new Map<string, string>();
  for (const route of reading) for (const url of addressesOf(route, [])) answers.set(url, await answerOf(url));
  return answers;
}

const before = await answersElsewhere();
const paths = ['r/shop/', 'r/bank/', 'q/'];
const assets: MarkedAsset[] = [];
const unfilled = new Set<string>();
for (const [index, path] of [...paths, ...paths].entries()) {
  const kind = assetKinds[index % 2] ?? 'host';
  const added = await addMarkedAsset(query, {
    kind,
    path,
    team: [teams[0], teams[1], null][index % 3] ?? null,
    account: other,
  });
  assets.push(added.asset);
  for (const table of added.unfilled) unfilled.add(table);
}

test('every asset has rows in the tables that belong to it', (context) => {
  for (const table of ['artifact', 'tag', 'finding', 'occurrence', 'finding_event'])
    for (const { ids, mark } of assets) assert.ok(table === 'tag' || ids.has(table), `${table} of ${mark}`);
  if (unfilled.size > 0) context.diagnostic(`not filled: ${[...unfilled].join(', ')}`);
});

test('what there is elsewhere changes no answer, not even a count', async () => {
  const now = await answersElsewhere();
  for (const [url, answer] of before) assert.equal(now.get(url), answer, url);
});

test('nobody without rights about an asset is answered anything of it, by any id', async () => {
  principal = elsewhere;
  for (const route of reading) {
    for (const url of addressesOf(route, assets)) {
      const answer = await answerOf(url);
      const leaked = assets.filter((asset) => isToldOf(answer, asset));
      assert.equal(leaked.length, 0, `${route.id} at ${url} answers of ${leaked.map(({ name }) => name).join(', ')}`);
    }
  }
});

const scopes: fc.Arbitrary<Scope> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Scope>({ kind: 'all' }) },
  { weight: 4, arbitrary: fc.constantFrom(...teams).map((team): Scope => ({ kind: 'team', team })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...assetKinds.slice(0, 2)), fc.constantFrom('', 'r/', 'r/s', ...paths, 'r/shop/x'))
      .map(([asset, prefix]): Scope => ({ kind: 'assets', asset, prefix })),
  },
);
const grantSets: fc.Arbitrary<readonly Grant[]> = fc.array(
  fc.record({
    permissions: fc.subarray([...permissions], { minLength: 1 }).map((list) => new Set(list)),
    scope: scopes,
  }),
  { maxLength: 4 },
);

function isIn(scope: Scope, { kind, name, team }: MarkedAsset): boolean {
  if (scope.kind === 'all') return true;
  return scope.kind === 'team' ? scope.team === team : scope.asset === kind && name.startsWith(scope.prefix);
}

/** Of a route for whoever is signed in, any grant will do. */
function maySee({ permission }: Route, grants: readonly Grant[], asset: MarkedAsset): boolean {
  const isAbout = ({ permissions }: Grant) => permission === 'signed-in' || permissions.has(permission as Permission);
  return grants.some((grant) => isAbout(grant) && isIn(grant.scope, asset));
}

test('whatever somebody may do where, no route answers anything of an asset that is out of its scope', async () => {
  await fc.assert(
    fc.asyncProperty(grantSets, async (grants) => {
      principal = readerWith(grants);
      for (const route of reading) {
        const hidden = assets.filter((asset) => !maySee(route, grants, asset));
        for (const url of addressesOf(route, hidden)) {
          const answer = await answerOf(url);
          for (const asset of hidden)
            assert.ok(!isToldOf(answer, asset), `${route.id} at ${url} answers of ${asset.name}`);
        }
      }
    }),
    { numRuns: 15, endOnFailure: true },
  );
});

test('who may see everything is answered of all: the tests above look where there is something', async (context) => {
  principal = readerWith([{ permissions: everything, scope: { kind: 'all' } }]);
  const answering = new Set<string>();
  for (const route of reading) {
    for (const url of addressesOf(route, assets)) {
      const answer = await answerOf(url);
      assert.ok(!answer.startsWith('500'), `${route.id} fails at ${url}`);
      if (assets.some((asset) => isToldOf(answer, asset))) answering.add(route.id);
    }
  }
  context.diagnostic(`routes that answer of assets: ${[...answering].join(', ')}`);
  assert.ok(
    ['listFindings', 'listAssets', 'watchLive'].every((id) => answering.has(id)),
    [...answering].join(', '),
  );
});
