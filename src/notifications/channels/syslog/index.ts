import { z } from 'zod';
import { printable, programVersion } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';
import { declareChannel } from '../../channel.ts';
import { lineOf, type MessageEvent } from '../../message.ts';
import { hostName, portNumber } from '../../settings.ts';

/** Of RFC 5424, table 2, and the 0 to 10 of CEF. */
const SEVERITIES: ReadonlyMap<Severity, readonly [syslog: number, cef: number]> = new Map([
  ['critical', [2, 10]],
  ['high', [3, 8]],
  ['medium', [4, 5]],
  ['low', [5, 3]],
  ['info', [6, 1]],
  ['unknown', [5, 4]],
]);

/** local0 */
const FACILITY = 16;

/** One message an event, as words or as CEF. */
export const syslog = declareChannel({
  id: 'syslog',
  title: 'Syslog',
  references: [
    'https://www.rfc-editor.org/rfc/rfc5424',
    'https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors/pdfdoc/common-event-format-v25/common-event-format-v25.pdf',
  ],
  settings: z.strictObject({
    host: hostName,
    port: portNumber.default(514),
    transport: z.enum(['udp', 'tcp', 'tls']).default('udp'),
    format: z.enum(['text', 'cef']).default('text'),
  }),
  secrets: [],
  destination: [],
  compose({ events }, { host, port, transport, format }) {
    const messages = events.map(
      (event) => headerOf(event) + (format === 'cef' ? cefOf(event) : `\uFEFF${lineOf(event)}`),
    );
    return [{ protocol: 'syslog', transport, host, port, messages }];
  },
});

function headerOf({ kind, at, severity = 'info' }: MessageEvent): string {
  const [level = 6] = SEVERITIES.get(severity) ?? [];
  return `<${FACILITY * 8 + level}>1 ${at.toISOString()} - plimsoll - ${kind.slice(0, 32)} - `;
}

/** What is in a field must not end it: a name from what was scanned could otherwise write others. */
function cefOf(event: MessageEvent): string {
  const [, level = 4] = SEVERITIES.get(event.severity ?? 'info') ?? [];
  const head = ['Plimsoll', 'Plimsoll', programVersion, event.kind, event.title.slice(0, 500), String(level)];
  const extension = [
    ['externalId', event.id],
    ['rt', String(event.at.getTime())],
    ['cat', event.finding?.kind ?? event.subject.kind],
    ['cs1Label', 'rule'],
    ['cs1', event.finding?.rule ?? ''],
    ['cs2Label', 'asset'],
    ['cs2', event.finding?.asset ?? ''],
    ['cs3Label', 'subject'],
    ['cs3', `${event.subject.kind}/${event.subject.id}`],
  ] as const;
  const fields = extension.map(
    ([name, value]) => `${name}=${printable(value).replaceAll(/[\\=]/g, (sign) => `\\${sign}`)}`,
  );
  const heading = head.map((value) => printable(value).replaceAll(/[\\|]/g, (sign) => `\\${sign}`));
  return `CEF:0|${heading.join('|')}|${fields.join(' ')}`;
}
