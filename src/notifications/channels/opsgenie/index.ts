import { z } from 'zod';
import type { Severity } from '#model/index.ts';
import { declareChannel, postJson } from '../../channel.ts';
import { alertStateOf, lineOf } from '../../message.ts';
import { headerSecret, webAddress } from '../../settings.ts';

const PRIORITIES: ReadonlyMap<Severity, string> = new Map([
  ['critical', 'P1'],
  ['high', 'P2'],
  ['medium', 'P3'],
  ['low', 'P4'],
  ['info', 'P5'],
  ['unknown', 'P3'],
]);

/** Alert API. One open alert an alias: raised again it is counted, and closed by the same alias. */
export const opsgenie = declareChannel({
  id: 'opsgenie',
  title: 'Opsgenie',
  references: ['https://docs.opsgenie.com/docs/alert-api'],
  settings: z.strictObject({ apiKey: headerSecret, url: webAddress.default('https://api.opsgenie.com') }),
  secrets: ['apiKey'],
  destination: ['url'],
  compose({ events }, { apiKey, url }) {
    const headers = { authorization: `GenieKey ${apiKey}` };
    return events.flatMap((event) => {
      const alias = `plimsoll/${event.subject.kind}/${event.subject.id}`.slice(0, 512);
      const state = alertStateOf(event);
      if (state === undefined) return [];
      if (state === 'resolved')
        return [
          postJson(
            `${url}/v2/alerts/${encodeURIComponent(alias)}/close?identifierType=alias`,
            { source: 'Plimsoll', note: lineOf(event) },
            headers,
          ),
        ];
      const alert = {
        message: lineOf(event).slice(0, 130),
        alias,
        description: lineOf(event),
        priority: PRIORITIES.get(event.severity ?? 'unknown') ?? 'P3',
        source: 'Plimsoll',
        entity: event.finding?.asset.slice(0, 512) ?? 'plimsoll',
        tags: [event.kind],
        details: { event: event.id, rule: event.finding?.rule ?? '', team: event.team ?? '' },
      };
      return [postJson(`${url}/v2/alerts`, alert, headers)];
    });
  },
});
