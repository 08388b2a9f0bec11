import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { createHttpClient } from '#foundation/index.ts';
import { issueCertificate } from '../../../test/kit/certificate.ts';
import { registryTrust } from './certificates.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-certs-'));
after(() => rmSync(directory, { recursive: true }));
const [server, client] = [issueCertificate('127.0.0.1'), issueCertificate('127.0.0.1')];

function certificatesFor(registry: string, files: Readonly<Record<string, string>>): string {
  const folder = join(directory, registry);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return directory;
}

test('authorities and the client certificate of a registry are read, and only of that one', async () => {
  const files = {
    'ca.crt': server.certificate,
    'me.cert': client.certificate,
    'me.key': client.key,
    'broken.crt': 'no PEM',
    notes: 'x',
  };
  const certificateDirectories = [certificatesFor('registry.example:5000', files)];
  const trust = await registryTrust('registry.example:5000', { certificateDirectories });
  assert.deepEqual(trust.ok && trust.value, {
    ca: [server.certificate],
    clientCertificate: { certificate: client.certificate, key: client.key },
  });
  const other = await registryTrust('registry.example', { certificateDirectories });
  assert.deepEqual(other.ok && other.value, { ca: [] });
});

test('a certificate without its key is left out; a CA file that is none is an error', async () => {
  const certificateDirectories = [certificatesFor('half.example', { 'me.cert': client.certificate })];
  const trust = await registryTrust('half.example', { certificateDirectories });
  assert.equal(trust.ok && trust.value.clientCertificate, undefined);
  assert.equal(
    (await registryTrust('half.example', { certificateDirectories, caFile: join(directory, 'none') })).ok,
    false,
  );
});

test('a server that asks for a client certificate gets it', async () => {
  const options = { cert: server.certificate, key: server.key, ca: [client.certificate], requestCert: true };
  const listening = createServer(options, (request, response) => {
    response.end(String((request.socket as TLSSocket).authorized));
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const http = createHttpClient({
    userAgent: 'test',
    ca: [server.certificate],
    clientCertificate: client,
    proxyEnvironment: {},
  });
  const answer = await http.request(`https://127.0.0.1:${port}/`);
  assert.equal(answer.ok ? answer.value.body.toString() : answer.error.message, 'true');
  http.close();
  listening.close();
});
