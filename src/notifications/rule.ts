import type { Severity } from '#model/index.ts';
import type { EventKind } from './event.ts';
import type { QuietHours, Schedule } from './schedule.ts';

export const groupings = ['finding', 'asset', 'advisory', 'team', 'everything'] as const;

/** What becomes one message: all about a finding (or an exception, …), an asset, an advisory or check, a team, or all. */
export type Grouping = (typeof groupings)[number];

/** Which events a rule is about. An empty list is no condition. */
export interface RuleFilter {
  readonly events: readonly EventKind[];
  /** What has no severity passes only without this condition. */
  readonly severities: readonly Severity[];
  /** `vulnerability`, `secret`, ... */
  readonly findingKinds: readonly string[];
}

/** What goes to which channel, together with what, and when. */
export interface RoutingRule {
  readonly filter: RuleFilter;
  readonly grouping: Grouping;
  readonly schedule: Schedule;
  readonly quietHours: QuietHours | undefined;
  /** IANA: `Europe/Berlin`. */
  readonly timeZone: string;
}

/** What rules look at. */
export interface RoutedEvent {
  readonly kind: EventKind;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly severity: Severity | undefined;
  readonly finding: { readonly kind: string; readonly rule: string; readonly assetId: string } | undefined;
  readonly team: string | undefined;
}

/** Whether the rule is about the event. Whether its owner may see the event is for the query to say. */
export function matches({ events, severities, findingKinds }: RuleFilter, event: RoutedEvent): boolean {
  return (
    (events.length === 0 || events.includes(event.kind)) &&
    (severities.length === 0 || (event.severity !== undefined && severities.includes(event.severity))) &&
    (findingKinds.length === 0 || (event.finding !== undefined && findingKinds.includes(event.finding.kind)))
  );
}

/** Events with the same key are told together and in one thread. */
export function threadOf(grouping: Grouping, { subject, finding, team }: RoutedEvent): string {
  const own = `${subject.kind} ${subject.id}`;
  switch (grouping) {
    case 'finding':
      return own;
    case 'asset':
      return finding === undefined ? own : `asset ${finding.assetId}`;
    case 'advisory':
      return finding === undefined ? own : `rule ${finding.rule}`;
    case 'team':
      return team === undefined ? 'nobody' : `team ${team}`;
    case 'everything':
      return 'everything';
  }
}
