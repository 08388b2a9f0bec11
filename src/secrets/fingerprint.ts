import { createHash } from 'node:crypto';
import { printable } from '#foundation/index.ts';
import type { Judged } from './search/candidate.ts';

/** Shorter ones can be found by trying even when a program made them. */
const LEAST_RANDOM_LENGTH = 16;

/**
 * What a report may say about a secret so that exceptions, baselines and comparisons can speak of it.
 *
 * Secrets that programs make have far more possibilities than anybody can try: the hash of one tells nothing of it, and the same
 * secret in two places has the same fingerprint. A password that a person chose does not have them: from any function of it that needs no
 * key, a dictionary leads back to it in minutes, and a key would have to be the same on every machine that compares reports. There
 * the fingerprint therefore is of the place (rule, path, name) and not of the value: it survives new versions of an image, and two places with
 * one password have two fingerprints.
 */
export function fingerprintOf({ compiled, secret, name }: Judged, place: string, ordinal: number): string {
  const { id } = compiled.rule;
  return isGuessable(compiled.rule.isGuessable === true, secret)
    ? digest('place', id, place, name ?? '', String(ordinal))
    : digest('value', id, secret);
}

/** Four characters of a long random text, which are often the same for all of its kind; nothing of what could be completed by guessing. */
export function previewOf({ compiled, secret }: Judged): string {
  if (compiled.rule.isGuessable === true) return '(redacted)';
  if (secret.startsWith('-----BEGIN')) return `${secret.slice(0, secret.indexOf('-----', 10) + 5)} (redacted)`;
  if (secret.length < 20) return `(${secret.length} characters)`;
  return `${printable(secret.slice(0, 4))}… (${secret.length} characters)`;
}

function isGuessable(isChosen: boolean, secret: string): boolean {
  return isChosen || secret.length < LEAST_RANDOM_LENGTH;
}

const DIGITS = 32;

function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256').update('plimsoll secret 1');
  for (const part of parts) hash.update(`\0${part.length}\0${part}`);
  return hash.digest('hex').slice(0, DIGITS);
}
