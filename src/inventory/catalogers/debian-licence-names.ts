/**
 * Debian's licence short names (DEP-5, https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/) as SPDX ids.
 * Only names that mean one licence; everything else keeps Debian's own word.
 */
const NAMES = lookup({
  '0bsd': '0BSD',
  'afl-2.1': 'AFL-2.1',
  'apache-2': 'Apache-2.0',
  'apache-2.0': 'Apache-2.0',
  artistic: 'Artistic-1.0',
  'artistic-2': 'Artistic-2.0',
  'artistic-2.0': 'Artistic-2.0',
  beerware: 'Beerware',
  'bsd-1-clause': 'BSD-1-Clause',
  'bsd-2-clause': 'BSD-2-Clause',
  'bsd-3-clause': 'BSD-3-Clause',
  'bsd-4-clause': 'BSD-4-Clause',
  'bsd-4-clause-uc': 'BSD-4-Clause-UC',
  'bsl-1.0': 'BSL-1.0',
  'bzip2-1.0.6': 'bzip2-1.0.6',
  'cc-by-3.0': 'CC-BY-3.0',
  'cc-by-4.0': 'CC-BY-4.0',
  'cc-by-sa-3.0': 'CC-BY-SA-3.0',
  'cc-by-sa-4.0': 'CC-BY-SA-4.0',
  cc0: 'CC0-1.0',
  'cc0-1.0': 'CC0-1.0',
  curl: 'curl',
  'epl-1.0': 'EPL-1.0',
  'epl-2.0': 'EPL-2.0',
  expat: 'MIT',
  fsfap: 'FSFAP',
  fsful: 'FSFUL',
  fsfullr: 'FSFULLR',
  ftl: 'FTL',
  isc: 'ISC',
  libpng: 'Libpng',
  libtiff: 'libtiff',
  mit: 'MIT',
  'mpl-1.1': 'MPL-1.1',
  'mpl-2.0': 'MPL-2.0',
  ntp: 'NTP',
  'ofl-1.1': 'OFL-1.1',
  'oldap-2.8': 'OLDAP-2.8',
  'openldap-2.8': 'OLDAP-2.8',
  openssl: 'OpenSSL',
  postgresql: 'PostgreSQL',
  unicode: 'Unicode-TOU',
  'unicode-dfs-2016': 'Unicode-DFS-2016',
  unlicense: 'Unlicense',
  vim: 'Vim',
  'w3c-software': 'W3C',
  wtfpl: 'WTFPL',
  x11: 'X11',
  zlib: 'Zlib',
});

const EXCEPTIONS = lookup({
  'bison exception': 'Bison-exception-2.2',
  'classpath exception': 'Classpath-exception-2.0',
  'font exception': 'Font-exception-2.0',
  'libtool exception': 'Libtool-exception',
  'linux-syscall-note exception': 'Linux-syscall-note',
  'llvm exception': 'LLVM-exception',
});

const GNU_VERSIONS = lookup({
  agpl: ['1.0', '3.0'],
  gpl: ['1.0', '2.0', '3.0'],
  lgpl: ['2.0', '2.1', '3.0'],
  gfdl: ['1.1', '1.2', '1.3'],
});

/** A map, because a plain object also answers to `constructor`. */
function lookup<T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(entries));
}

/**
 * A DEP-5 licence synopsis as an SPDX expression, or unchanged when a part of it has no SPDX id.
 *
 * @example `GPL-2+ or MIT, and Apache-2.0` → `(GPL-2.0-or-later OR MIT) AND Apache-2.0`
 */
export function spdxFromDebian(synopsis: string): string {
  const words = synopsis.replace(/\s+/g, ' ').trim();
  // In DEP-5 a comma before `and` or `or` binds loosest.
  const groups = words.split(/, (and|or) /i);
  const parts = groups.map((part, index) => (index % 2 === 1 ? part.toUpperCase() : operands(part)));
  if (parts.includes(undefined)) return words;
  return parts.map((part) => (groups.length > 1 && part?.includes(' OR ') ? `(${part})` : part)).join(' ');
}

function operands(text: string): string | undefined {
  const parts = text.split(/ (and|or) /i).map((part, index) => (index % 2 === 1 ? part.toUpperCase() : single(part)));
  return parts.includes(undefined) ? undefined : parts.join(' ');
}

function single(text: string): string | undefined {
  const [name = '', exception] = text.toLowerCase().split(' with ', 2);
  const id = NAMES.get(name) ?? gnu(name);
  if (exception === undefined || id === undefined) return id;
  const known = EXCEPTIONS.get(exception);
  return known === undefined ? undefined : `${id} WITH ${known}`;
}

function gnu(name: string): string | undefined {
  const [, family = '', noInvariants, number = '', later] =
    /^(agpl|lgpl|gpl|gfdl)(-niv)?-?v?(\d(?:\.\d)?)(\+)?$/.exec(name) ?? [];
  const version = number.includes('.') ? number : `${number}.0`;
  if (!GNU_VERSIONS.get(family)?.includes(version)) return undefined;
  const middle = noInvariants ? '-no-invariants' : '';
  return `${family.toUpperCase()}-${version}${middle}${later ? '-or-later' : '-only'}`;
}
