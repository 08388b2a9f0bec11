import type { Assignment } from './file/variable.ts';

const NAMES = /passw(?:or)?d|passphrase|secret|api_?key|access_?key|private_?key|encryption_?key|credential/i;
const WHOLE_WORDS = /(?:^|[_-])(?:pass|pwd|token|pat)(?:[_-]|$)|pgpassword/i;
/** What stands beside a secret and is none: where it lies, how long it lives, what it is called. */
const HARMLESS =
  /(?:file|path|dir|url|uri|host|port|name|user(?:name)?|id|ttl|expir\w{0,6}|lifetime|length|rounds|policy|header|type|algorithm|issuer|enabled|required|rotation|provider|store|manager)$/i;
const HARMLESS_VALUE = /^(?:|true|false|yes|no|on|off|null|none|\/.*|\*+)$/i;
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@]{0,128}:([^\s/@]{1,256})@/i;

/** Whether an assignment has a secret by its name and says it in the file. */
export function holdsSecret({ name, value, isOpen }: Assignment): boolean {
  if (value === undefined || isOpen || !(NAMES.test(name) || WHOLE_WORDS.test(name))) return false;
  return !HARMLESS.test(name) && !HARMLESS_VALUE.test(value.trim());
}

/** Whether it is an address with a password in it. */
export function secretInUrl({ value = '' }: Pick<Assignment, 'value'>): boolean {
  const password = URL_WITH_PASSWORD.exec(value)?.[1];
  return password !== undefined && !password.startsWith('${');
}
