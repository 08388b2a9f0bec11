import { z } from 'zod';
import { declareChannel, type Outcome, postJson } from '../../channel.ts';
import { headlineOf, lineOf, type Message } from '../../message.ts';
import { headerSecret, webAddress } from '../../settings.ts';

const viaWebhook = z.strictObject({ webhookUrl: webAddress });
const viaToken = z.strictObject({
  /** Of a bot with `chat:write`. */
  token: headerSecret,
  /** Its id (`C0123456789`) or name. */
  channel: z.string().min(1).max(100),
  apiUrl: webAddress.default('https://slack.com/api'),
});

type Settings = Partial<z.infer<typeof viaWebhook> & z.infer<typeof viaToken>>;

/** An incoming webhook, or a bot: only a bot's messages can be in threads. */
export const slack = declareChannel<Settings>({
  id: 'slack',
  title: 'Slack',
  references: [
    'https://docs.slack.dev/reference/methods/chat.postMessage',
    'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
  ],
  settings: z.union([viaWebhook, viaToken]),
  secrets: ['webhookUrl', 'token'],
  destination: ['apiUrl'],
  compose(message, { webhookUrl, token, channel, apiUrl }, { thread }) {
    const content = { text: escaped(headlineOf(message)), blocks: blocksOf(message), unfurl_links: false };
    if (webhookUrl !== undefined) return [postJson(webhookUrl, content)];
    const posted = { channel, ...content, ...(thread !== undefined && { thread_ts: thread }) };
    return [postJson(`${apiUrl}/chat.postMessage`, posted, { authorization: `Bearer ${token}` })];
  },
  readAnswer,
});

/** In these three, names of what was scanned could mention everybody or link elsewhere. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const SHOWN = 20;

/** `plain_text`: nothing inside is read as a mention, link or format. */
function blocksOf(message: Message): object[] {
  const { events, total } = message;
  const block = (text: string) => ({
    type: 'section',
    text: { type: 'plain_text', text: text.slice(0, 2900), emoji: false },
  });
  if (total === 1) return [block(headlineOf(message))];
  const more = total > SHOWN ? [`and ${total - SHOWN} more`] : [];
  return [block(headlineOf(message)), block([...events.slice(0, SHOWN).map(lineOf), ...more].join('\n'))];
}

/** The API says in the body of a 200 what went wrong; a webhook answers `ok`. */
const answer = z.object({ ok: z.boolean(), ts: z.string().max(50).optional(), error: z.string().optional() });
const PASSING: ReadonlySet<string> = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
]);

function readAnswer(body: string): Outcome {
  if (body.trim() === 'ok') return { kind: 'delivered' };
  const read = answer.safeParse(jsonOf(body));
  if (!read.success) return { kind: 'failed', error: 'Slack answered with something that is not its answer' };
  const { ok, ts, error = 'no reason' } = read.data;
  if (ok) return { kind: 'delivered', thread: ts };
  const words = `Slack says: ${error.slice(0, 100)}`;
  return PASSING.has(error) ? { kind: 'failed', error: words } : { kind: 'rejected', error: words };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
