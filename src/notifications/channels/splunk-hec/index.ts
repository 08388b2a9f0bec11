import { z } from 'zod';
import { declareChannel } from '../../channel.ts';
import { documentOf } from '../../message.ts';
import { headerSecret, webAddress } from '../../settings.ts';

/** HTTP Event Collector: several events in one body, one document after the other. */
export const splunkHec = declareChannel({
  id: 'splunk-hec',
  title: 'Splunk HTTP Event Collector',
  references: ['https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector'],
  settings: z.strictObject({
    /** `https://splunk.example:8088` */
    url: webAddress,
    token: headerSecret,
    index: z.string().min(1).max(200).optional(),
  }),
  secrets: ['token'],
  destination: ['url'],
  compose({ events }, { url, token, index }) {
    const documents = events.map((event) => ({
      time: event.at.getTime() / 1000,
      source: 'plimsoll',
      sourcetype: 'plimsoll:event',
      ...(index !== undefined && { index }),
      event: documentOf(event),
    }));
    return [
      {
        protocol: 'http',
        method: 'POST',
        url: `${url.replace(/\/+$/, '')}/services/collector/event`,
        headers: { 'content-type': 'application/json', authorization: `Splunk ${token}` },
        body: documents.map((document) => JSON.stringify(document)).join('\n'),
      },
    ];
  },
});
