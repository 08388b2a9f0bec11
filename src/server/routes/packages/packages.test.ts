import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Submission } from '#findings/index.ts';
import { type Principal, permissionsOf } from '#identity/index.ts';
import { acceptReport } from '#storage/index.ts';
import { testContext } from '../../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../../test/kit/storage.ts';
import { createApplication } from '../../application.ts';
import { packageRoutes } from './packages.ts';

const { query } = await emptyStorage();
const context = testContext(query);
let principal: Principal | undefined;
const application = await createApplication({
  context,
  routes: packageRoutes,
  authenticate: async () => principal,
  requestsPerMinute: 10_000,
});
after(() => application.close());

const reader = (prefix: string): Principal => ({
  account: '11111111-1111-4111-8111-111111111111',
  name: 'reader',
  kind: 'person',
  grants: [{ permissions: permissionsOf('viewer'), scope: { kind: 'assets', asset: 'repository', prefix } }],
});

const packageOf = (name: string) => ({ type: 'maven', name, version: '1', purl: `pkg:maven/${name}@1` });
const submission: Submission = {
  tool: { name: 'plimsoll', version: '1' },
  createdAt: context.now(),
  asset: { kind: 'repository', name: 'registry.example/shop/web' },
  artifact: { digest: `sha256:${'a'.repeat(64)}`, stream: '', facts: {}, tags: ['latest'], labels: {} },
  scanners: ['vulnerability'],
  isComplete: true,
  packages: ['org.example:log4j-core', 'org.example:Log4j-api-long', 'other'].map(packageOf),
  findings: [],
};
await acceptReport(query, submission, {
  content: 'b'.repeat(64),
  principal: { account: '11111111-1111-4111-8111-111111111111', name: 'uploader' },
  scopes: [{ kind: 'all' }],
  receivedAt: context.now(),
});

async function namesFor(text: string): Promise<unknown> {
  const answer = await application.inject(`/api/v1/packages/names?text=${encodeURIComponent(text)}`);
  return answer.statusCode === 200 ? answer.json().items.map(({ name }: { name: string }) => name) : answer.statusCode;
}

test('a part of a name finds the packages that have it, in any case, the shortest first', async () => {
  principal = reader('registry.example/');
  assert.deepEqual(await namesFor('log4j'), ['org.example:log4j-core', 'org.example:Log4j-api-long']);
  assert.deepEqual(await namesFor('%'), 400);
  assert.deepEqual(await namesFor('nothing'), []);
});

test('what is only in assets that somebody does not see has no name for them', async () => {
  principal = reader('registry.example/bank/');
  assert.deepEqual(await namesFor('log4j'), []);
});
