import { printable } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';
import type { EventKind } from './event.ts';

/** An event with what people want to read of it. Every text may come from what was scanned: it is hostile. */
export interface MessageEvent {
  /** uuid; the same however often it is sent. */
  readonly id: string;
  readonly kind: EventKind;
  readonly at: Date;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly title: string;
  readonly severity?: Severity;
  /** What the finding is of, and where: `vulnerability`, `CVE-2026-1`, `registry.example/shop/app`. */
  readonly finding?: { readonly kind: string; readonly rule: string; readonly asset: string };
  readonly team?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What is sent at once: one event, or those of a group. */
export interface Message {
  /** uuid of the delivery, the same at every attempt. */
  readonly id: string;
  /** What belongs together in the eyes of a reader has the same: `finding 0b6f...`. */
  readonly thread: string;
  /** At least one; the oldest first. */
  readonly events: readonly MessageEvent[];
  /** Of the group, also those that are too many to be told one by one. */
  readonly total: number;
}

/** `CVE-2026-1 in openssl: open again`, or how many of what there are. One line. */
export function headlineOf({ events, total }: Message): string {
  const [first] = events;
  if (first !== undefined && total === 1) return lineOf(first);
  const counts = new Map<string, number>();
  for (const { kind } of events) counts.set(wordsOf(kind), (counts.get(wordsOf(kind)) ?? 0) + 1);
  const listed = [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
  return total > events.length ? `${total} events: ${listed} and more` : `${total} events: ${listed}`;
}

/** One line without control characters. */
export function lineOf({ kind, severity, title, finding }: MessageEvent): string {
  const where = finding === undefined ? '' : ` (${finding.asset})`;
  const weight = severity === undefined ? '' : `[${severity}] `;
  return printable(`${weight}${title}${where}: ${wordsOf(kind)}`).slice(0, 600);
}

/** `finding.due-soon`: finding due soon. */
export function wordsOf(kind: EventKind): string {
  return kind.replaceAll(/[.-]/g, ' ');
}

/** Whether an alert about it should be there afterwards, or be gone; undefined when it says nothing of that. */
export function alertStateOf({ kind, details }: MessageEvent): 'raised' | 'resolved' | undefined {
  switch (kind) {
    case 'finding.fixed':
    case 'finding.decided':
    case 'exception.approved':
    case 'exception.rejected':
    case 'exception.renewed':
    case 'campaign.finished':
      return 'resolved';
    case 'finding.assigned':
    case 'finding.commented':
    case 'campaign.started':
      return undefined;
    case 'channel.test':
      return details['resolve'] === true ? 'resolved' : 'raised';
    default:
      return 'raised';
  }
}

/** The event as programs receive it. */
export function documentOf({ kind, at, ...event }: MessageEvent): Readonly<Record<string, unknown>> {
  return { kind, at: at.toISOString(), ...event };
}
