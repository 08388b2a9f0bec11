import { looksChosen, looksRandom } from '../text/value.ts';
import type { Evidence, Verdict } from './verdict.ts';

/** Base64 of `user:password`, as basic authentication and Docker write it. */
export function base64Credentials({ secret }: Evidence): Verdict {
  const text = Buffer.from(secret, 'base64').toString('utf8');
  const [user, password] = split(text);
  if (password === undefined || !/^[\x20-\x7e]+$/.test(text)) return 'refuted';
  return isPassword(password) && !isExampleUser(user, password) ? 'fits' : 'refuted';
}

function split(text: string): [user: string, password?: string] {
  const colon = text.indexOf(':');
  return colon < 1 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
}

function isPassword(text: string): boolean {
  return looksChosen(text) || looksRandom(text);
}

function isExampleUser(user: string, password: string): boolean {
  return user.toLowerCase() === password.toLowerCase() || /^(?:user|username|login|foo|aladdin|scott)$/i.test(user);
}

/** Hosts that only exist in documentation and tests (RFC 2606, RFC 6761) or are this machine itself. */
const EXAMPLE_HOSTS =
  /(?:^|\.)(?:example(?:\.(?:com|org|net|edu))?|test|invalid|localhost|localdomain|domain\.tld|domain\.com|host|hostname|server|foo\.com|bar\.com)(?::\d+)?$|^(?:127\.|0\.0\.0\.0|\[?::1)|^(?:host|server|proxy|x|a|b)(?:$|[.:])|(?:^|\.)dotenv\.org$/i;

/** `scheme://user:password@host` with a password and a host that are meant. */
export function urlPassword({ secret, groups }: Evidence): Verdict {
  const password = decodedText(secret);
  const user = groups['user'] ?? '';
  if (EXAMPLE_HOSTS.test(groups['host'] ?? '') || isExampleUser(user, password)) return 'refuted';
  if (/^(?:anonymous|ftp)$/i.test(user) || /[[\]{}()*;,]/.test(secret)) return 'refuted';
  return isPassword(password) && !/^key_\d+$/.test(password) ? 'fits' : 'refuted';
}

function decodedText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A signed token whose header and claims are JSON, and no published example (RFC 7519). */
export function jsonWebToken({ secret }: Evidence): Verdict {
  const [header, claims] = secret.split('.').map(decodedMembers);
  if (header === undefined || claims === undefined) return 'refuted';
  const algorithm = header['alg'];
  if (typeof algorithm !== 'string' || algorithm === 'none') return 'refuted';
  const isExample = claims['sub'] === '1234567890' || claims['name'] === 'John Doe' || claims['iss'] === 'joe';
  return isExample ? 'refuted' : 'fits';
}

function decodedMembers(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
