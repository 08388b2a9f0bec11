import { type Channel, type Message, type Outcome, type Outgoing, parseRetryAfter } from '#notifications/index.ts';
import { sendMail } from './mail.ts';
import { outcomeOf, type Sending } from './sending.ts';
import { sendSyslog } from './syslog.ts';

/** Sends a message through a channel: everything that it consists of, up to the first that fails. */
export async function sendMessage(
  channel: Channel,
  message: Message,
  settings: unknown,
  thread: string | undefined,
  sending: Sending,
): Promise<Outcome> {
  let last: Outcome = { kind: 'delivered' };
  for (const outgoing of channel.compose(message, settings, { now: sending.now, thread })) {
    last = await sendOne(channel, outgoing, sending);
    if (last.kind !== 'delivered') return last;
  }
  return last;
}

function sendOne(channel: Channel, outgoing: Outgoing, sending: Sending): Promise<Outcome> {
  switch (outgoing.protocol) {
    case 'http':
      return sendHttp(channel, outgoing, sending);
    case 'smtp':
      return sendMail(outgoing, sending);
    case 'syslog':
      return sendSyslog(outgoing, sending);
  }
}

async function sendHttp(
  channel: Channel,
  { method, url, headers, body }: Extract<Outgoing, { protocol: 'http' }>,
  { outbound, now, signal }: Sending,
): Promise<Outcome> {
  const answer = await outbound.request({ method, url, headers, body }, signal);
  if (!answer.ok) return outcomeOf(answer.error);
  const { status } = answer.value;
  if (status >= 200 && status < 300) return channel.readAnswer?.(answer.value.body) ?? { kind: 'delivered' };
  const error = `the receiver answered with status ${status}`;
  if (status !== 429 && status !== 408 && status < 500) return { kind: 'rejected', error };
  return { kind: 'failed', error, afterMs: parseRetryAfter(answer.value.headers['retry-after'], now) };
}
