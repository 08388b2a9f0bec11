import { isIP } from 'node:net';
import { err, ok, type Result } from '../result.ts';

export type RequestHeaders = Readonly<Record<string, string>>;

/**
 * Decides which headers go along to a redirect's target. Called for every hop that was not refused already.
 * The headers it returns replace the request's for this and later hops.
 */
export type RedirectHook = (from: URL, to: URL, headers: RequestHeaders) => RequestHeaders;

export const maxRedirects = 8;

const REDIRECT_STATUS = new Set([301, 302, 303, 307, 308]);

/** Headers that say what is wanted and never who asks. All others stay with the origin they were meant for, known secrets or not. */
const HARMLESS_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'range',
  'user-agent',
]);

export function isRedirect(status: number, location: string | undefined): location is string {
  return REDIRECT_STATUS.has(status) && location !== undefined;
}

/** The default hook: everything within an origin, only harmless headers beyond it. */
export const keepCredentialsAtOrigin: RedirectHook = (from, to, headers) => {
  if (from.origin === to.origin) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS_HEADERS.has(name.toLowerCase())));
};

/** Resolves a `Location`, or says why it is not followed. */
export function redirectTarget(from: URL, location: string): Result<URL> {
  const to = URL.parse(location, from.href);
  if (!to) return err('its redirect cannot be read');
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return err(`it redirects to a ${to.protocol} address`);
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    return err(`it redirects from https to plain http (${to.host}), where anybody on the way could change the content`);
  }
  if (isLinkLocal(to.hostname)) {
    return err(`it redirects to the link-local address ${to.host}, where cloud machines keep their credentials`);
  }
  // User information in a redirect would let the server choose our credentials.
  to.username = '';
  to.password = '';
  return ok(to);
}

/** 169.254.0.0/16 and fe80::/10, also as IPv4-mapped IPv6: cloud metadata services answer there. URL has normalised the spelling. */
function isLinkLocal(hostname: string): boolean {
  if (isIP(hostname) === 4) return hostname.startsWith('169.254.');
  return /^\[(?:fe[89ab][0-9a-f]:|::ffff:a9fe:|fd00:ec2::254\])/.test(hostname);
}
