import { isoTime } from '../fields/time-text.ts';
import type { Priority } from '../rules/priority.ts';
import type { OutputValue } from './format.ts';

/** A rule or sequence that came true. */
export interface Alert {
  readonly rule: string;
  readonly kind: 'rule' | 'sequence';
  readonly priority: Priority;
  readonly source: string;
  readonly timeUs: number;
  readonly tags: readonly string[];
  /** The output with its fields put in. */
  readonly message: string;
  readonly fields: Readonly<Record<string, OutputValue>>;
}

/** As Falco writes it for people: `10:20:30.123456000: Warning message`. */
export function alertLine({ timeUs, priority, message }: Alert): string {
  return `${isoTime(timeUs).slice(11, -1)}: ${priority} ${message}`;
}

/**
 * As Falco writes it with `json_output: true`: one line, members in alphabetical order, `evt.time` among the fields in nanoseconds since
 * 1970 as an exact number, which is more than a number of this language holds.
 */
export function alertJson(alert: Alert, hostname: string): string {
  const { rule, priority, source, tags, timeUs, fields, message } = alert;
  const named = Object.entries(fields).filter(([name]) => name !== 'evt.time');
  const members = [
    ...named.map(([name, value]) => [name, JSON.stringify(value)] as const),
    ['evt.time', `${timeUs}000`] as const,
  ];
  const outputFields = members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, json]) => `${JSON.stringify(name)}:${json}`)
    .join(',');
  return (
    `{"hostname":${JSON.stringify(hostname)},"message":${JSON.stringify(message)},"output":${JSON.stringify(alertLine(alert))},` +
    `"output_fields":{${outputFields}},"priority":${JSON.stringify(priority)},"rule":${JSON.stringify(rule)},` +
    `"source":${JSON.stringify(source)},"tags":${JSON.stringify([...tags].sort())},"time":${JSON.stringify(isoTime(timeUs))}}`
  );
}
