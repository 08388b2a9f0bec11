import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiProblem, createClient } from '../../console/src/api/client.ts';

interface Seen {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A server that answers with what is given, in order. */
function answering(...answers: readonly Response[]) {
  const seen: Seen[] = [];
  const waiting = [...answers];
  const fetch: typeof globalThis.fetch = async (url, { method = 'GET', headers, body } = {}) => {
    seen.push({ url: String(url), method, headers: new Headers(headers), body });
    const answer = waiting.shift();
    assert.ok(answer, `nobody expected ${method} ${String(url)}`);
    return answer;
  };
  return { fetch, seen };
}

function problem(status: number, title: string): Response {
  const document = {
    title,
    status,
    detail: 'So it is.',
    instance: 'abc',
    fields: [{ field: 'body.name', message: 'no' }],
  };
  return Response.json(document, { status, headers: { 'content-type': 'application/problem+json' } });
}

test('addresses are made from what is given, and nothing of it is more than one part of them', async () => {
  const { fetch, seen } = answering(Response.json({}));
  const client = createClient({ server: 'https://plimsoll.example', token: 'plm_x', fetch });
  await client.call('getFinding', { params: { id: '../teams?a=b' } });
  assert.equal(seen[0]?.url, 'https://plimsoll.example/api/v1/findings/..%2Fteams%3Fa%3Db');
  assert.equal(seen[0]?.headers.get('authorization'), 'Bearer plm_x');
  assert.equal(
    client.address('exportFindings', { search: { filter: 'is:open a&b', format: 'csv' } }),
    'https://plimsoll.example/api/v1/findings/export?filter=is%3Aopen+a%26b&format=csv',
  );
});

test('lists are read to their end', async () => {
  const { fetch, seen } = answering(
    Response.json({ items: [{ id: '1' }, { id: '2' }], next: 'more' }),
    Response.json({ items: [{ id: '3' }] }),
  );
  const ids: string[] = [];
  for await (const { id } of createClient({ token: 't', fetch }).all('listTeams')) ids.push(id);
  assert.deepEqual(ids, ['1', '2', '3']);
  assert.deepEqual(
    seen.map(({ url }) => url),
    ['/api/v1/teams?limit=200', '/api/v1/teams?limit=200&cursor=more'],
  );
});

test('changes by a session carry its token, which is asked for once, and anew when it is another', async () => {
  const { fetch, seen } = answering(
    Response.json({ csrf: 'one' }),
    Response.json({ added: true }),
    problem(403, 'forged-request'),
    Response.json({ csrf: 'two' }),
    Response.json({ added: true }),
  );
  const client = createClient({ fetch });
  const comment = { params: { id: 'f' }, body: { text: 'so it is' } };
  await client.call('addFindingComment', comment);
  await client.call('addFindingComment', comment, { idempotencyKey: 'k' });
  assert.deepEqual(
    seen.map(({ method, headers }) => [method, headers.get('x-plimsoll-csrf'), headers.get('idempotency-key')]),
    [
      ['GET', null, null],
      ['POST', 'one', null],
      ['POST', 'one', 'k'],
      ['GET', null, null],
      ['POST', 'two', 'k'],
    ],
  );
  assert.equal(seen[1]?.body, JSON.stringify(comment.body));
});

test('what is refused says why; what is no answer of the server is told as what it is', async () => {
  const { fetch } = answering(
    problem(404, 'not-found'),
    new Response('<html>', { status: 502, statusText: 'Bad Gateway' }),
  );
  const client = createClient({ token: 't', fetch });
  await assert.rejects(client.call('getMe'), (error) => {
    assert.ok(error instanceof ApiProblem);
    assert.deepEqual([error.status, error.code, error.message, error.instance], [404, 'not-found', 'So it is.', 'abc']);
    assert.deepEqual(error.fields, [{ field: 'body.name', message: 'no' }]);
    return true;
  });
  await assert.rejects(client.call('getMe'), /502 Bad Gateway/);
});

test('bytes are sent as they are, downloads are text, and nothing is nothing', async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const csv = new Response('id\n1\n', { headers: { 'content-type': 'text/csv; charset=utf-8' } });
  const { fetch, seen } = answering(Response.json({}, { status: 201 }), csv, new Response(null, { status: 204 }));
  const client = createClient({ token: 't', fetch });
  await client.call('uploadReport', { body: bytes });
  assert.equal(seen[0]?.body, bytes);
  assert.equal(seen[0]?.headers.get('content-type'), 'application/octet-stream');
  assert.equal(await client.call('exportFindings', { search: { format: 'csv' } }), 'id\n1\n');
  assert.equal(await client.call('revokeToken', { params: { id: 'x' } }), undefined);
});
