import { Readable } from 'node:stream';
import type { LiveAudience, LiveEvent, LivePlace } from '#storage/index.ts';
import { countDroppedClient } from '../telemetry/metrics.ts';
import type { LiveClient, LiveHub } from './hub.ts';

/** Unread bytes of a client that reads too slowly; it comes again and goes on from where it was. */
const MAX_UNREAD = 256 * 1024;
/** Then the client comes again, with the rights that it has by then. */
const LIFE_MS = 2 * 60_000;

/** The form of `text/event-stream`: ids are places, so that a browser that was cut off goes on behind the last that it had. */
export function eventText({ transaction, id, at, topic, change, subject, asset, facts }: LiveEvent): string {
  const data = JSON.stringify({ change, subject, asset, at: at.toISOString(), ...facts });
  return `id: ${placeText({ transaction, id })}\nevent: ${topic}\ndata: ${data}\n\n`;
}

export function placeText({ transaction, id }: LivePlace): string {
  return `${transaction}-${id}`;
}

/** Undefined for what was not written by `placeText`. */
export function readPlace(text: string): LivePlace | undefined {
  const [, transaction, id] = /^(\d{1,19})-(\d{1,15})$/.exec(text) ?? [];
  return transaction === undefined || id === undefined ? undefined : { transaction, id: Number(id) };
}

/** A stream of what is new for the audience, until the client leaves, is too slow, or has to show its rights again. */
export function liveStream(hub: LiveHub, opening: string, place: LivePlace, audience: LiveAudience): Readable {
  const stream = new Readable({ read: () => undefined, highWaterMark: MAX_UNREAD });
  stream.push(opening);
  const write = (text: string): boolean => {
    if (stream.destroyed || stream.readableEnded) return false;
    if (stream.readableLength > MAX_UNREAD) {
      countDroppedClient();
      stream.destroy();
      return false;
    }
    stream.push(text);
    return true;
  };
  const client: LiveClient = {
    audience,
    place,
    take: (events) => write(events.map(eventText).join('')),
    beat: () => write(`: ${new Date().toISOString()}\n\n`),
    end: () => {
      if (!stream.destroyed) stream.push(null);
    },
  };
  const leave = hub.join(client);
  const life = setTimeout(leave, LIFE_MS);
  stream.on('close', () => {
    clearTimeout(life);
    leave();
  });
  return stream;
}
