import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a tracker sends when a ticket has changed there. */
export interface HookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/**
 * How a tracker says that a ticket has changed. What it says of the ticket is not believed: the tracker is asked about it. So the same call
 * once more, today or in a year, does no harm.
 */
export interface TrackerHook {
  /** Whether who sent it knows the secret. */
  isGenuine(request: HookRequest, secret: string): boolean;
  /** Which ticket has changed, as in `RemoteTicket`; undefined when it is about something else. */
  keyOf(document: unknown): string | undefined;
}

/** The setting with what the tracker signs its calls with; without it none is taken. */
export const webhookSecret = z
  .string()
  .min(16)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'Only visible characters without blanks.')
  .optional();

/** `sha256=…` over the body, in this header: GitHub, Jira, and what ServiceNow is told to send. */
export function signedBy(header: string): TrackerHook['isGenuine'] {
  return ({ headers, body }, secret) => {
    const given = /^sha256=([0-9a-f]{64})$/i.exec(headers[header] ?? '')?.[1];
    return given !== undefined && isSame(given.toLowerCase(), createHmac('sha256', secret).update(body).digest('hex'));
  };
}

/** The secret itself, in this header: GitLab. */
export function carriedBy(header: string): TrackerHook['isGenuine'] {
  return ({ headers }, secret) => isSame(headers[header] ?? '', secret);
}

/** In a time that does not tell how much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
