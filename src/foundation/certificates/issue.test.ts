import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:https';
import { test } from 'node:test';
import { issueCertificate, makeAuthority } from './index.ts';

const DAY = 86_400_000;
const now = Date.now();
const period = { notBefore: new Date(now - DAY), notAfter: new Date(now + 90 * DAY) };
const authority = await makeAuthority({ name: 'A test’s authority', ...period });
const leaf = await issueCertificate(authority, {
  name: 'plimsoll.example',
  hosts: ['plimsoll.example', 'localhost', '127.0.0.1', '::1'],
  ...period,
});

test('a certificate is good for its hosts and no others, and is signed by its authority, which signs no authorities', () => {
  const [ca, server] = [authority, leaf].map(({ certificate }) => new X509Certificate(certificate));
  assert.ok(ca && server);
  assert.ok(ca.ca && !server.ca && ca.verify(ca.publicKey) && server.verify(ca.publicKey) && server.checkIssued(ca));
  assert.ok(server.checkHost('plimsoll.example') && server.checkHost('localhost'));
  assert.ok(server.checkIP('127.0.0.1') && server.checkIP('::1'));
  assert.equal(server.checkHost('other.example') ?? server.checkIP('192.0.2.1'), undefined);
  assert.equal(
    server.subjectAltName,
    'DNS:plimsoll.example, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  );
  assert.equal(Date.parse(server.validTo), Math.floor(period.notAfter.getTime() / 1000) * 1000);
});

test('clients that trust the authority talk to the server, and others do not', async () => {
  const server = createServer({ cert: leaf.certificate, key: leaf.key }, (_, response) => response.end('here'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const ask = async (ca: string | undefined) => {
    const asked = request({ host: '127.0.0.1', port, agent: false, ...(ca !== undefined && { ca }) }).end();
    const [answer] = await once(asked, 'response');
    answer.resume();
    return answer.statusCode;
  };
  try {
    assert.equal(await ask(authority.certificate), 200);
    await assert.rejects(ask(undefined), /unable to verify|self-signed/);
  } finally {
    server.close();
  }
});
