import { createSocket } from 'node:dgram';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { Outcome, Outgoing } from '#notifications/index.ts';
import type { CheckedHost } from '../outbound/index.ts';
import { outcomeOf, type Sending } from './sending.ts';

type Syslog = Extract<Outgoing, { protocol: 'syslog' }>;

const TIMEOUT_MS = 10_000;

/** Messages of RFC 5424: a datagram each (RFC 5426), or one after the other with their length before (RFC 6587, RFC 5425). */
export async function sendSyslog(outgoing: Syslog, { outbound }: Sending): Promise<Outcome> {
  const checked = await outbound.check(outgoing.host);
  if (!checked.ok) return outcomeOf(checked.error);
  try {
    await (outgoing.transport === 'udp' ? sendDatagrams : sendStream)(outgoing, checked.value);
    return { kind: 'delivered' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no connection';
    return { kind: 'failed', error: `the log server ${outgoing.host} cannot be used (${code})` };
  }
}

async function sendDatagrams({ messages, port }: Syslog, { address, family }: CheckedHost): Promise<void> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    for (const message of messages)
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.send(message, port, address, (error) => (error ? reject(error) : resolve()));
      });
  } finally {
    socket.close();
  }
}

/** Done when the server has taken all of it and the connection has ended well: it is all that syslog has of an acknowledgement. */
async function sendStream({ host, messages, port, transport }: Syslog, { address }: CheckedHost): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket: Socket =
    transport === 'tls'
      ? connectSecure({ host: address, port, ...(isIP(host) === 0 && { servername: host }) })
      : connect({ host: address, port });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(Object.assign(new Error('silent'), { code: 'ETIMEDOUT' })));
  socket.on('error', reject);
  socket.on('close', () => resolve());
  socket.on('data', () => undefined);
  const ready = transport === 'tls' ? 'secureConnect' : 'connect';
  socket.once(ready, () => socket.end(messages.map((one) => `${Buffer.byteLength(one)} ${one}`).join('')));
  await promise;
}
