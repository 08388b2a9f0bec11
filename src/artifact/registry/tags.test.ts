import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFakeRegistry } from '../../../test/kit/fake-registry.ts';
import { digestOfTag, listTags } from './tags.ts';

test('lists the tags of a repository, page by page, and says what a tag stands for', async () => {
  const server = await startFakeRegistry((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname !== '/v2/team/app/tags/list') return false;
    const isFirst = url.searchParams.get('last') === null;
    if (isFirst) response.setHeader('link', '</v2/team/app/tags/list?last=2&n=1000>; rel="next"');
    response.end(JSON.stringify({ name: 'team/app', tags: isFirst ? ['1', '2', '../x', 7] : ['3'] }));
    return true;
  });
  try {
    const request = { name: `${server.host}/team/app:1`, registries: {}, signal: AbortSignal.timeout(20_000) };
    assert.deepEqual(await listTags(request), { ok: true, value: ['1', '2', '3'] });
    const digest = await digestOfTag(request);
    assert.match(digest.ok ? digest.value : digest.error.message, /^sha256:/);
    const none = await listTags({ ...request, name: `${server.host}/team/other` });
    assert.equal(none.ok ? '' : none.error.code, 'not-found');
  } finally {
    await server.close();
  }
});
