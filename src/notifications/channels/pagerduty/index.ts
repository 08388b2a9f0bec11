import { z } from 'zod';
import type { Severity } from '#model/index.ts';
import { declareChannel, postJson } from '../../channel.ts';
import { alertStateOf, documentOf, lineOf } from '../../message.ts';
import { headerSecret, webAddress } from '../../settings.ts';

const SEVERITIES: ReadonlyMap<Severity, string> = new Map([
  ['critical', 'critical'],
  ['high', 'error'],
  ['medium', 'warning'],
  ['low', 'info'],
  ['info', 'info'],
  ['unknown', 'warning'],
]);

/** Events API v2. One alert a finding: the same key raises it again or resolves it, so a message that comes twice does no harm. */
export const pagerduty = declareChannel({
  id: 'pagerduty',
  title: 'PagerDuty',
  references: ['https://developer.pagerduty.com/docs/send-alert-event'],
  settings: z.strictObject({
    routingKey: headerSecret,
    url: webAddress.default('https://events.pagerduty.com/v2/enqueue'),
  }),
  secrets: ['routingKey'],
  destination: ['url'],
  compose({ events }, { routingKey, url }) {
    return events.flatMap((event) => {
      const state = alertStateOf(event);
      const common = {
        routing_key: routingKey,
        dedup_key: `plimsoll/${event.subject.kind}/${event.subject.id}`.slice(0, 255),
      };
      if (state === undefined) return [];
      if (state === 'resolved') return [postJson(url, { ...common, event_action: 'resolve' })];
      const payload = {
        summary: lineOf(event).slice(0, 1024),
        source: event.finding?.asset ?? 'plimsoll',
        severity: SEVERITIES.get(event.severity ?? 'unknown') ?? 'warning',
        timestamp: event.at.toISOString(),
        class: event.kind,
        custom_details: documentOf(event),
      };
      return [postJson(url, { ...common, event_action: 'trigger', client: 'Plimsoll', payload })];
    });
  },
});
