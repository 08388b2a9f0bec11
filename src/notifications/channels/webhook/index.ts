import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { declareChannel } from '../../channel.ts';
import { documentOf, type MessageEvent } from '../../message.ts';
import { headerSecret, webAddress } from '../../settings.ts';

/** CloudEvents 1.0 in structured mode, or in batch mode for a group, signed so that the receiver knows who sent it and when. */
export const webhook = declareChannel({
  id: 'webhook',
  title: 'Webhook (CloudEvents)',
  references: [
    'https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md',
    'https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md',
  ],
  settings: z.strictObject({
    url: webAddress,
    /** Key of the signature. */
    secret: headerSecret,
  }),
  secrets: ['url', 'secret'],
  destination: [],
  compose({ id, events, total }, { url, secret }, { now }) {
    const [single] = events;
    const isBatch = total > 1 || single === undefined;
    const body = JSON.stringify(isBatch ? events.map(cloudEvent) : cloudEvent(single));
    return [
      {
        protocol: 'http',
        method: 'POST',
        url,
        headers: {
          'content-type': `application/cloudevents${isBatch ? '-batch' : ''}+json; charset=utf-8`,
          'plimsoll-delivery': id,
          'plimsoll-signature': signatureOf(body, secret, now),
        },
        body,
      },
    ];
  },
});

/** `t=1764000000,v1=<hex>`: HMAC-SHA256 of the seconds, a dot and the body. The time inside lets receivers refuse what somebody recorded. */
function signatureOf(body: string, secret: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

function cloudEvent(event: MessageEvent): object {
  return {
    specversion: '1.0',
    id: event.id,
    source: '/plimsoll',
    type: `dev.plimsoll.${event.kind}`,
    subject: `${event.subject.kind}/${event.subject.id}`,
    time: event.at.toISOString(),
    datacontenttype: 'application/json',
    data: documentOf(event),
  };
}
