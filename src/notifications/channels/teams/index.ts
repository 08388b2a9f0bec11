import { z } from 'zod';
import { declareChannel, postJson } from '../../channel.ts';
import { headlineOf, lineOf } from '../../message.ts';
import { webAddress } from '../../settings.ts';

const SHOWN = 20;

/** An adaptive card to a webhook of the Workflows app; those of connectors have ended. Messages of a webhook cannot be in threads. */
export const teams = declareChannel({
  id: 'teams',
  title: 'Microsoft Teams',
  references: [
    'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
    'https://adaptivecards.io/explorer/AdaptiveCard.html',
  ],
  settings: z.strictObject({ url: webAddress }),
  secrets: ['url'],
  destination: [],
  compose(message, { url }) {
    const { events, total } = message;
    const more = total > SHOWN ? [`and ${total - SHOWN} more`] : [];
    const lines = total === 1 ? [] : [...events.slice(0, SHOWN).map(lineOf), ...more];
    const content = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        { type: 'TextBlock', text: plain(headlineOf(message)), weight: 'Bolder', wrap: true },
        ...lines.map((line) => ({ type: 'TextBlock', text: plain(line), wrap: true, spacing: 'Small' })),
      ],
    };
    return [
      postJson(url, {
        type: 'message',
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
      }),
    ];
  },
});

/** Text blocks read Markdown: names of what was scanned must not become links or formats. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]()#<>~|!]/g, (sign) => `\\${sign}`);
}
