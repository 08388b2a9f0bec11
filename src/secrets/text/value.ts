import { entropyOf } from './entropy.ts';
import { isPlaceholder } from './placeholder.ts';
import { isWordy } from './wording.ts';

/** Whether a program made this: long, of several kinds of characters, without words. */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || isPlaceholder(value) || UUID.test(value)) return false;
  if (/^[0-9a-fA-F]+$/.test(value)) return value.length >= 20 && entropyOf(value) >= 3;
  const hasDigits = /\d/.test(value);
  const hasLetters = /[A-Za-z]/.test(value);
  if (!hasDigits || !hasLetters || entropyOf(value) < 3) return false;
  return !isStructured(value) && !isWordy(value) && !hasWords(value);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Dates, versions, paths, addresses, numbers, lists, names with dots and dashes. */
function isStructured(value: string): boolean {
  return (
    /^[./~]|^\w+:\/|\/\/|::|^[\d.,:eE+-]+$|^v?\d+\.\d+|^\d{4}-\d{2}-\d{2}/.test(value) ||
    /^(?:[A-Za-z]+[\d]{0,3}[-_./:]){2,}/.test(value) ||
    /[*?]{1,4}|\\|[()]/.test(value)
  );
}

/** A run of nine letters or more that reads as a word. */
function hasWords(value: string): boolean {
  return (value.match(/[A-Z]?[a-z]{6,}|[A-Z]{9,}/g) ?? []).some((run) => run.length >= 7 && isWordy(run));
}

/** What stands at `password =` where there is none. Compared without case and without what surrounds it. */
const NO_PASSWORDS = new Set(
  (
    'none null nil true false yes no on off undefined string str text char bytes int bool optional required default empty unset any ' +
    'password passwd passphrase pass pwd secret token key admin root user guest test testing anonymous changeit postgres mysql prompt ' +
    'ask never always shadow sha512 sha256 sha1 md5 crypt bcrypt scrypt yescrypt pam scram-sha-256 scram-sha-1 keyboard-interactive publickey basic digest plain ' +
    'mypassword mysecret secretpassword password1 password123 passw0rd p@ssw0rd p@ssword pa$$word 123456 12345678 123456789 qwerty ' +
    'letmein hunter2 s3cret s3cr3t supersecret topsecret sesame swordfish abc123'
  ).split(' '),
);

/** Whether a person may have chosen this as a password: neither a word for "no password", a placeholder, nor code. */
export function looksChosen(value: string): boolean {
  const bare = value.replace(/^["'`]+|["'`;,]+$/g, '');
  if (bare.length < 6 || bare.length > 120 || isPlaceholder(bare) || NO_PASSWORDS.has(bare.toLowerCase())) return false;
  if (/^[$%{<([*&@!/~.]|^[a-z]:\\|^\w+:\/\/|[({]\)?|\)$|\\[nrtu]|^--?[a-z]/i.test(bare)) return false;
  return isMixed(bare) && !/^[A-Za-z_$][\w$]*(?:[.:-]{1,2}[A-Za-z_$][\w$]*)+$/.test(bare);
}

/** Letters with digits, or a sign that names do not have, or capitals in the middle of a word that is none. */
function isMixed(value: string): boolean {
  const hasLetter = /[A-Za-z]/.test(value);
  if (/^\d+$/.test(value)) return value.length >= 6;
  if (!hasLetter) return value.length >= 8 && /\d/.test(value);
  return /\d/.test(value) || /[!@#%^&*+=?~,;|]/.test(value) || (/[a-z][A-Z]/.test(value) && !isWordy(value));
}
