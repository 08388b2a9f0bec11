import { z } from 'zod';
import { declareChannel } from '../../channel.ts';
import { headlineOf, lineOf, type Message, wordsOf } from '../../message.ts';
import { hostName, portNumber } from '../../settings.ts';

/** No names beside addresses, and nothing that could be another header. */
const address = z.email().max(254);

/** Mails of a thread refer to its first, by which every mail program shows them together. RFC 5322, 3.6.4. */
export const email = declareChannel({
  id: 'email',
  title: 'E-mail',
  references: ['https://www.rfc-editor.org/rfc/rfc5321', 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4'],
  settings: z.strictObject({
    host: hostName,
    port: portNumber.default(587),
    security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    user: z.string().min(1).max(254).optional(),
    password: z.string().min(1).max(1000).optional(),
    from: address,
    to: z.array(address).min(1).max(50),
  }),
  secrets: ['password'],
  destination: ['host', 'port', 'security', 'user'],
  compose(message, { from, to, host, port, security, user, password }, { thread }) {
    const domain = from.slice(from.lastIndexOf('@') + 1);
    return [
      {
        protocol: 'smtp',
        server: { host, port, security, user, password },
        mail: {
          from,
          to,
          subject: headlineOf(message).slice(0, 200),
          text: textOf(message),
          messageId: `<${message.id}@${domain}>`,
          inReplyTo: thread,
        },
      },
    ];
  },
});

function textOf(message: Message): string {
  const { events, total } = message;
  const more = total > events.length ? ['', `and ${total - events.length} more`] : [];
  const [event] = events;
  if (event === undefined || total > 1) return [headlineOf(message), '', ...events.map(lineOf), ...more, ''].join('\n');
  const facts = [
    ['What', wordsOf(event.kind)],
    ['Severity', event.severity],
    ['Rule', event.finding?.rule],
    ['Asset', event.finding?.asset],
    ['Team', event.team],
    ['When', event.at.toISOString()],
    ['Id', `${event.subject.kind} ${event.subject.id}`],
  ] as const;
  return [
    lineOf(event),
    '',
    ...facts.filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`),
    '',
  ].join('\n');
}
