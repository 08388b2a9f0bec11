import type { IncomingMessage } from 'node:http';
import type { Exchange } from './exchange.ts';
import { describeFailure, HttpFailure, StallError } from './http-error.ts';

const MAX_QUEUED_BYTES = 1024 * 1024;

/**
 * The body in pieces as they come, ended by a thrown `HttpFailure` when the server falls silent, cuts the connection or
 * lies about the length. Unlike the stream's own iterator it hands out what came before the cut, so that a download can go on
 * there. To be called as soon as the head is there: it listens from then on, whenever the reading begins.
 */
export function readBody(incoming: IncomingMessage, options: BodyOptions): AsyncIterable<Buffer> {
  return drain(openInbox(incoming), incoming, options);
}

type BodyOptions = Pick<Exchange, 'url' | 'signal' | 'timeouts'>;

async function* drain(inbox: Inbox, incoming: IncomingMessage, options: BodyOptions): AsyncGenerator<Buffer, void> {
  try {
    for (;;) {
      const piece = inbox.take();
      if (piece) yield piece;
      else if (inbox.ended()) return;
      else if (inbox.failure()) throw inbox.failure();
      else await inbox.wait(options.timeouts.idleMs);
    }
  } catch (cause) {
    throw new HttpFailure(describeFailure(cause, options.url, options.signal), cause);
  } finally {
    incoming.destroy();
  }
}

interface Inbox {
  take(): Buffer | undefined;
  ended(): boolean;
  failure(): unknown;
  /** Until something happens; a silence longer than `idleMs` cuts the connection. */
  wait(idleMs: number): Promise<void>;
}

function openInbox(incoming: IncomingMessage): Inbox {
  const queue: Buffer[] = [];
  let queuedBytes = 0;
  let failure: unknown;
  let ended = false;
  let wake: () => void = () => undefined;
  incoming.on('data', (piece: Buffer) => {
    queue.push(piece);
    queuedBytes += piece.length;
    if (queuedBytes > MAX_QUEUED_BYTES) incoming.pause();
    wake();
  });
  incoming.on('end', () => {
    ended = incoming.complete;
    wake();
  });
  incoming.on('error', (cause) => {
    failure ??= cause;
    wake();
  });
  incoming.on('close', () => {
    failure ??= Object.assign(new Error('cut off'), { code: 'ECONNRESET' });
    wake();
  });
  return {
    take() {
      const piece = queue.shift();
      queuedBytes -= piece?.length ?? 0;
      if (queuedBytes === 0 && incoming.isPaused()) incoming.resume();
      return piece;
    },
    ended: () => ended,
    failure: () => failure,
    async wait(idleMs) {
      // The clock runs only while we wait, so that a slow consumer does not look like a stalled server.
      const clock = setTimeout(() => incoming.destroy(new StallError('idle', idleMs)), idleMs);
      await new Promise<void>((resolve) => {
        wake = resolve;
      }).finally(() => clearTimeout(clock));
    },
  };
}
