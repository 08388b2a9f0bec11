import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { issueCertificate } from '../../../test/kit/certificate.ts';
import { serve } from '../serve.ts';
import { renewCertificate, serverCertificate } from './index.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-tls-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const DAY = 86_400_000;
const generated = (hosts: readonly string[], name = 'own') =>
  ({ kind: 'generated', directory: join(directory, name), hosts }) as const;
const now = new Date();

async function certificateOf(hosts: readonly string[], at: Date, name?: string) {
  const made = await serverCertificate(generated(hosts, name), at);
  assert.ok(made.ok, made.ok ? '' : made.error);
  return made.value;
}

test('a certificate of its own is kept, renewed before it ends and for other names, by the same authority', async () => {
  const first = await certificateOf(['localhost', '127.0.0.1'], now);
  assert.equal(statSync(join(directory, 'own/tls/authority.key')).mode & 0o777, 0o600);
  assert.equal((await certificateOf(['127.0.0.1'], new Date(now.getTime() + 50 * DAY))).key, first.key);
  const renewed = await certificateOf(['127.0.0.1'], new Date(now.getTime() + 61 * DAY));
  assert.notEqual(renewed.key, first.key);
  const other = await certificateOf(['plimsoll.example'], now);
  assert.notEqual(other.key, renewed.key);
  assert.ok(new X509Certificate(other.certificate).checkHost('plimsoll.example'));
  assert.deepEqual([renewed.fingerprint, other.fingerprint], [first.fingerprint, first.fingerprint]);
});

test('a key that was lost or is another’s is made anew', async () => {
  const before = await certificateOf(['localhost'], now);
  writeFileSync(join(directory, 'own/tls/server.key'), 'cut off');
  assert.notEqual((await certificateOf(['localhost'], now)).key, before.key);
});

test('files that cannot be used are said to be so', async () => {
  const [one, other] = [issueCertificate('127.0.0.1'), issueCertificate('127.0.0.1')];
  const path = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const certificate = path('one.crt', one.certificate);
  const key = path('one.key', one.key);
  const read = (files: object, at = now) => serverCertificate({ kind: 'files', certificate, key, ...files }, at);
  assert.ok((await read({})).ok);
  const cases = [
    [await read({ key: path('other.key', other.key) }), /is not the one of the certificate/],
    [await read({ key: join(directory, 'nowhere') }), /cannot be used: ENOENT/],
    [await read({ certificate: path('text.crt', 'text') }), /cannot be used/],
    [await read({}, new Date(now.getTime() + 400 * DAY)), /ended on/],
  ] as const;
  for (const [result, words] of cases) assert.match(result.ok ? '' : result.error, words);
});

const settings = {
  database: { kind: 'embedded', directory },
  role: 'all',
  host: '127.0.0.1',
  port: 0,
  log: 'nothing',
  keyFile: join(directory, 'secrets.key'),
  makeKey: true,
  allowedAddresses: [],
} as const;

test('a server with TLS answers by it alone, asks for nothing else, and shows a renewed certificate to new connections', async () => {
  const hosts = ['localhost', '127.0.0.1'];
  const running = await serve({ ...settings, tls: generated(hosts), trustedProxies: ['127.0.0.1'] });
  assert.ok(running.ok, running.ok ? '' : running.error);
  const { address, certificate, welcome, close } = running.value;
  after(close);
  assert.match(address, /^https:\/\/127\.0\.0\.1:\d+$/);
  assert.ok(welcome?.startsWith(`${address}/welcome#`));
  const ca = new X509Certificate(
    certificate?.certificate.split(/(?<=-----END CERTIFICATE-----\n)/)[1] ?? '',
  ).toString();
  const answer = await ask(`${address}/health/ready`, ca);
  assert.equal(answer.status, 200);
  assert.match(String(answer.headers['strict-transport-security']), /max-age=31536000/);
  await assert.rejects(ask(`${address}/health/ready`, undefined), /self-signed|unable to/);
  await assert.rejects(fetch(address.replace('https:', 'http:')));
  assert.equal(
    (await peerOf(address, ca)).fingerprint256,
    new X509Certificate(certificate?.certificate ?? '').fingerprint256,
  );
});

test('what is renewed is shown', async () => {
  const { createServer } = await import('node:https');
  const shown = await certificateOf(['127.0.0.1'], new Date(now.getTime() - 70 * DAY), 'old');
  const server = createServer({ cert: shown.certificate, key: shown.key });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  const address = `https://127.0.0.1:${typeof place === 'object' ? place?.port : ''}`;
  const authority = shown.certificate.slice(shown.certificate.indexOf('-----END CERTIFICATE-----\n') + 26);
  const problems: string[] = [];
  const stop = renewCertificate(server, generated(['127.0.0.1'], 'old'), shown, (problem) => problems.push(problem), 5);
  try {
    const old = new X509Certificate(shown.certificate).fingerprint256;
    let peer = await peerOf(address, authority);
    for (let attempt = 0; attempt < 400 && peer.fingerprint256 === old; attempt++)
      peer = await peerOf(address, authority);
    assert.notEqual(peer.fingerprint256, old);
    assert.deepEqual(problems, []);
  } finally {
    stop();
    server.close();
  }
});

function ask(
  url: string,
  ca: string | undefined,
): Promise<{ status: number | undefined; headers: NodeJS.Dict<unknown> }> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false, ...(ca !== undefined && { ca }) }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, headers: answer.headers });
    })
      .on('error', reject)
      .end();
  });
}

function peerOf(address: string, ca: string): Promise<PeerCertificate> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({ host: hostname, port: Number(port), ca }, () => {
      resolve(socket.getPeerCertificate());
      socket.end();
    });
    socket.on('error', reject);
  });
}
