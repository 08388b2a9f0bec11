import { spdxFromDebian } from '../debian-licence-names.ts';

const MAX_WORDS = 500;

/** Gentoo's own names for what SPDX numbers by its clauses. The GNU licences are named as in Debian: `GPL-2`, `LGPL-2.1+`. */
const NAMES = new Map([
  ['BSD', 'BSD-3-Clause'],
  ['BSD-1', 'BSD-1-Clause'],
  ['BSD-2', 'BSD-2-Clause'],
  ['BSD-4', 'BSD-4-Clause'],
  ['ZLIB', 'Zlib'],
  ['openssl', 'OpenSSL'],
  ['PSF-2', 'PSF-2.0'],
  ['Boost-1.0', 'BSL-1.0'],
]);

/**
 * The file `LICENSE`: names that all hold, `|| ( A B )` for a choice, conditions on USE flags already resolved.
 *
 * @example `GPL-2+ || ( MIT BSD )` → [`GPL-2.0-or-later`, `MIT OR BSD-3-Clause`]
 */
export function parseLicence(text: string): string[] {
  const found: string[] = [];
  let choice: string[] | undefined;
  for (const word of text.split(/\s+/, MAX_WORDS)) {
    if (word === '||') choice = [];
    else if (word === ')' && choice) {
      if (choice.length > 0) found.push(choice.join(' OR '));
      choice = undefined;
    } else if (word !== '' && word !== '(' && word !== ')' && !word.endsWith('?')) (choice ?? found).push(nameOf(word));
  }
  return [...found, ...(choice ?? [])];
}

function nameOf(word: string): string {
  const name = word.slice(0, 100);
  return NAMES.get(name) ?? spdxFromDebian(name);
}
