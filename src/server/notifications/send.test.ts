import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { after, test } from 'node:test';
import { createServer as createSecureServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { channels, type Message } from '#notifications/index.ts';
import { issueCertificate } from '../../../test/kit/certificate.ts';
import { startReceiver } from '../../../test/kit/receiver.ts';
import { startSmtpServer } from '../../../test/kit/smtp-server.ts';
import { createOutbound } from '../outbound/index.ts';
import { sendMessage } from './send.ts';

const issued = issueCertificate('127.0.0.1');
const now = new Date('2026-11-24T10:00:00Z');
const outbound = createOutbound({ allowed: ['127.0.0.1'], timeoutMs: 1000 });
const message: Message = {
  id: '0b6f0000-0000-4000-8000-00000000000d',
  thread: 'finding f1',
  total: 1,
  events: [
    {
      id: '0b6f0000-0000-4000-8000-000000000001',
      kind: 'finding.opened',
      at: now,
      subject: { kind: 'finding', id: 'f1' },
      title: 'CVE-2026-1 in pässword\r\n.\r\nMAIL FROM:<evil@evil.example>',
      severity: 'high',
      finding: { kind: 'vulnerability', rule: 'CVE-2026-1', asset: 'registry.example/shop/app' },
      details: {},
    },
  ],
};

function send(id: string, settings: object, thread?: string) {
  const channel = channels.get(id);
  assert.ok(channel);
  return sendMessage(channel, message, settings, thread, { outbound, now });
}

const mail = { host: '127.0.0.1', from: 'bot@shop.example', to: ['a@shop.example', 'b@shop.example'] };

test('mail is sent over SMTP, in the thread of the first', async () => {
  const server = await startSmtpServer();
  after(() => server.close());
  const settings = { ...mail, port: server.port, security: 'none', user: 'bot', password: 'hidden' };
  const first = await send('email', settings);
  assert.deepEqual(first, { kind: 'delivered', thread: `<${message.id}@shop.example>` });
  await send('email', settings, '<root@shop.example>');
  assert.equal(server.mails.length, 2);
  assert.deepEqual([server.mails[0]?.from, server.mails[0]?.to], [mail.from, mail.to]);
  assert.match(server.mails[0]?.text ?? '', new RegExp(`^Message-ID: <${message.id}@shop\\.example>$`, 'm'));
  assert.match(server.mails[1]?.text ?? '', /^References: <root@shop\.example>$/m);
  assert.deepEqual(server.credentials, ['\0bot\0hidden', '\0bot\0hidden']);
});

test('mail servers say whether to try again, and never get a password in the clear when TLS is wanted', async () => {
  const plain = await startSmtpServer();
  const cases = [
    ['421 Later', 'failed'],
    ['451 Later', 'failed'],
    ['550 No', 'rejected'],
  ] as const;
  for (const [told, kind] of cases) {
    const server = await startSmtpServer({ answer: () => told });
    const outcome = await send('email', { ...mail, port: server.port, security: 'none' });
    assert.equal(outcome.kind, kind, told);
    await server.close();
  }
  const refused = await send('email', { ...mail, port: plain.port, user: 'bot', password: 'hidden' });
  assert.notEqual(refused.kind, 'delivered');
  assert.deepEqual([plain.credentials, plain.mails], [[], []]);
  await plain.close();
  const gone = await send('email', { ...mail, port: plain.port, security: 'none' });
  assert.equal(gone.kind, 'failed');
  const inside = await send('email', { ...mail, host: '10.0.0.1' });
  assert.equal(inside.kind, 'rejected');
});

test('STARTTLS is used with a certificate that is trusted for the host, and not without', async () => {
  const server = await startSmtpServer({ tls: issued });
  after(() => server.close());
  const settings = { ...mail, port: server.port, security: 'starttls', user: 'bot', password: 'hidden' };
  const before = getCACertificates();
  assert.equal((await send('email', settings)).kind, 'failed');
  assert.deepEqual(server.credentials, []);
  setDefaultCACertificates([...before, issued.certificate]);
  try {
    assert.equal((await send('email', settings)).kind, 'delivered');
  } finally {
    setDefaultCACertificates(before);
  }
  assert.deepEqual([server.mails[0]?.secure, server.credentials.length], [true, 1]);
});

test('syslog is sent as datagrams, and over streams with the length before', async () => {
  const datagrams = createSocket('udp4');
  datagrams.bind(0, '127.0.0.1');
  await once(datagrams, 'listening');
  const got = once(datagrams, 'message');
  const log = { host: '127.0.0.1', format: 'cef' };
  assert.equal((await send('syslog', { ...log, port: datagrams.address().port })).kind, 'delivered');
  const [datagram] = await got;
  assert.match(String(datagram), /^<131>1 2026-11-24T10:00:00\.000Z - plimsoll - finding\.opened - CEF:0\|/);
  datagrams.close();

  const before = getCACertificates();
  setDefaultCACertificates([...before, issued.certificate]);
  const streams: [string, (taken: (text: string) => void) => Server][] = [
    ['tcp', (taken) => createServer((socket) => socket.on('data', (data) => taken(String(data))))],
    [
      'tls',
      (taken) =>
        createSecureServer({ cert: issued.certificate, key: issued.key }, (socket) =>
          socket.on('data', (data) => taken(String(data))),
        ),
    ],
  ];
  for (const [transport, start] of streams) {
    let text = '';
    const server = start((piece) => {
      text += piece;
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    assert.equal((await send('syslog', { host: '127.0.0.1', port, transport })).kind, 'delivered', transport);
    const [, length, rest = ''] = /^(\d+) (.*)$/s.exec(text) ?? [];
    assert.equal(Number(length), Buffer.byteLength(rest), transport);
    server.close();
    await once(server, 'close');
    assert.equal((await send('syslog', { host: '127.0.0.1', port, transport })).kind, 'failed', transport);
  }
  setDefaultCACertificates(before);
});

test('every channel over HTTP takes 429, 5xx and silence for passing, and 4xx and redirects for final', async () => {
  let status: number | undefined = 200;
  const receiver = await startReceiver(() =>
    status === undefined ? undefined : { status, headers: { 'retry-after': '42', location: 'http://10.0.0.1/' } },
  );
  after(() => receiver.close());
  const { origin: url } = receiver;
  const settings = [
    ['webhook', { url, secret: 'k' }],
    ['slack', { webhookUrl: url }],
    ['slack', { token: 'k', channel: 'C1', apiUrl: url }],
    ['teams', { url }],
    ['pagerduty', { url, routingKey: 'k' }],
    ['opsgenie', { url, apiKey: 'k' }],
    ['splunk-hec', { url, token: 'k' }],
    ['ocsf', { url }],
  ] as const;
  const cases = [
    [429, { kind: 'failed', error: 'the receiver answered with status 429', afterMs: 42_000 }],
    [503, { kind: 'failed', error: 'the receiver answered with status 503', afterMs: 42_000 }],
    [400, { kind: 'rejected', error: 'the receiver answered with status 400' }],
    [307, { kind: 'rejected', error: 'the receiver answered with status 307' }],
  ] as const;
  for (const [id, given] of settings)
    for (const [code, expected] of cases) {
      status = code;
      assert.deepEqual(await send(id, given), expected, `${id} ${code}`);
    }
  status = undefined;
  const outcomes = await Promise.all(settings.map(([id, given]) => send(id, given)));
  for (const outcome of outcomes) assert.equal(outcome.kind, 'failed');
});
