import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDeb822Sources } from './deb822-sources.ts';
import { parseOneLineSources } from './one-line-sources.ts';
import type { SourceEntries } from './source-entry.ts';

/** `uri suite components` of each entry. */
function shown({ entries }: SourceEntries): string[] {
  return entries.map(({ uri, suite, components }) => [uri, suite, ...components].join(' '));
}

const oneLine: readonly (readonly [line: string, ...entries: string[]])[] = [
  ['deb http://deb.debian.org/debian bookworm main contrib', 'http://deb.debian.org/debian bookworm main contrib'],
  ['deb-src http://deb.debian.org/debian/ bookworm main', 'http://deb.debian.org/debian bookworm main'],
  ['  deb\thttp://a.example/debian\tbookworm\tmain # why', 'http://a.example/debian bookworm main'],
  ['deb [arch=amd64 signed-by=/k.gpg] https://a.example/d stable main', 'https://a.example/d stable main'],
  ['deb http://a.example/repo ./', 'http://a.example/repo ./'],
  ['deb mirror+file:/etc/apt/mirrors.txt bookworm main', 'mirror+file:/etc/apt/mirrors.txt bookworm main'],
  ['deb copy:/srv/mirror bookworm main', 'file:/srv/mirror bookworm main'],
  ['#deb http://a.example/debian bookworm main'],
  ['deb cdrom:[Debian GNU/Linux 12 _Bookworm_ - Official amd64]/ bookworm main'],
  ['deb [arch=amd64 http://a.example bookworm main'],
  ['deb http://a.example'],
  ['rpm http://a.example bookworm main'],
  [''],
];

for (const [line, ...entries] of oneLine) {
  test(`one-line source: ${line}`, () => {
    assert.deepEqual(shown(parseOneLineSources(line, 'x.list')), entries);
  });
}

test('unusable one-line sources are counted by what is wrong with them', () => {
  const text = 'deb cdrom:[x y]/ a main\ndeb ftp://a.example a main\nnonsense\ndeb http://a.example\n\n# comment\n';
  const { entries, malformed, unsupported } = parseOneLineSources(text, 'x.list');
  assert.deepEqual({ entries, malformed, unsupported }, { entries: [], malformed: 2, unsupported: 2 });
});

test('signed-by names files or fingerprints', () => {
  const line = (options: string) =>
    parseOneLineSources(`deb [${options}] http://a.example a main`, 'x').entries[0]?.signedBy;
  assert.deepEqual(line('signed-by=/a.gpg,/b.asc'), { kind: 'files', paths: ['/a.gpg', '/b.asc'] });
  assert.deepEqual(line('signed-by=68333e1db0ecf84a8bb86d30c0d4aecfb2d9a8ea!'), {
    kind: 'fingerprints',
    fingerprints: ['68333E1DB0ECF84A8BB86D30C0D4AECFB2D9A8EA'],
  });
  assert.equal(line('arch=amd64'), undefined);
});

const deb822 = `
# A comment
Types: deb deb-src
URIs: http://deb.debian.org/debian http://b.example/debian/
# between two fields
Suites: bookworm bookworm-updates
Components: main
  contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: https://off.example/debian
Suites: bookworm
Components: main
Enabled: no

Types: deb
Suites: bookworm

Types: deb
URIs: cdrom:[x]/ http://c.example
Suites: ./
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mDMEZaUc8BYJKw==
 -----END PGP PUBLIC KEY BLOCK-----
`;

test('deb822 sources multiply addresses by suites, skip the disabled and count the unusable', () => {
  const parsed = parseDeb822Sources(deb822, 'x.sources');
  assert.deepEqual(shown(parsed), [
    'http://deb.debian.org/debian bookworm main contrib',
    'http://deb.debian.org/debian bookworm-updates main contrib',
    'http://b.example/debian bookworm main contrib',
    'http://b.example/debian bookworm-updates main contrib',
    'http://c.example ./',
  ]);
  assert.equal(parsed.malformed, 1);
  assert.equal(parsed.unsupported, 1);
});

test('a key block inside the configuration gets its empty lines back', () => {
  const signedBy = parseDeb822Sources(deb822, 'x.sources').entries.at(-1)?.signedBy;
  assert.equal(signedBy?.kind, 'block');
  assert.match(signedBy.armour, /BLOCK-----\n\nmDME/);
});
