import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spdxFromDebian } from '../debian-licence-names.ts';
import { parseCopyright } from './copyright.ts';

test('Debian licence names become SPDX expressions only where all of it is known', () => {
  const table: [debian: string, spdx: string][] = [
    ['GPL-2', 'GPL-2.0-only'],
    ['GPL-2+', 'GPL-2.0-or-later'],
    ['gpl-2.0+', 'GPL-2.0-or-later'],
    ['GPLv3+', 'GPL-3.0-or-later'],
    ['LGPL-2.1+', 'LGPL-2.1-or-later'],
    ['LGPL-2', 'LGPL-2.0-only'],
    ['AGPL-3+', 'AGPL-3.0-or-later'],
    ['GFDL-NIV-1.3+', 'GFDL-1.3-no-invariants-or-later'],
    ['Expat', 'MIT'],
    ['BSD-3-clause', 'BSD-3-Clause'],
    ['GPL-1+ or Artistic', 'GPL-1.0-or-later OR Artistic-1.0'],
    ['GPL-2+ or MIT, and Apache-2.0', '(GPL-2.0-or-later OR MIT) AND Apache-2.0'],
    ['GPL-2+ and MIT, or Zlib', 'GPL-2.0-or-later AND MIT OR Zlib'],
    ['GPL-3+ with Bison exception', 'GPL-3.0-or-later WITH Bison-exception-2.2'],
    ['GPL-2+ with OpenSSL exception', 'GPL-2+ with OpenSSL exception'],
    ['GPL', 'GPL'],
    ['GPL-7', 'GPL-7'],
    ['public-domain', 'public-domain'],
    ['MIT or permissive', 'MIT or permissive'],
    ['constructor', 'constructor'],
  ];
  for (const [debian, spdx] of table) assert.equal(spdxFromDebian(debian), spdx);
});

test('takes the licences of files, not the names of licence texts', () => {
  const text = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
License: Zlib

Files: *
Copyright: 2020 Somebody
License: GPL-2+ or Expat
 Text of the licence.
 License: not this one

Files: debian/*
Licence: ISC

License: GPL-2+
 /usr/share/common-licenses/GPL-2
`;
  assert.deepEqual(parseCopyright(text), ['GPL-2.0-or-later OR MIT', 'ISC', 'Zlib']);
});

test('takes licence paragraphs where no file is told a licence', () => {
  assert.deepEqual(parseCopyright('Format: x\n\nLicense: ISC\n text\n'), ['ISC']);
});

test('takes mentions of the common licences from prose, by the name that is mentioned', () => {
  const text = `This package is free software, see "/usr/share/common-licenses/GPL-2".
Parts are under /usr/share/common-licenses/Apache-2.0. Others: /usr/share/common-licenses/LGPL-2.1.`;
  assert.deepEqual(parseCopyright(text), ['Apache-2.0', 'GPL-2', 'LGPL-2.1']);
  assert.deepEqual(parseCopyright('All rights reserved.'), []);
});

test('a hostile text is bounded', () => {
  const many = Array.from({ length: 5000 }, (_, index) => `Files: ${index}\nLicense: own-${index}\n`).join('\n');
  assert.equal(parseCopyright(`Format: x\n\n${many}`).length, 200);
  const long = parseCopyright(`Format: x\n\nFiles: *\nLicense: ${'a or '.repeat(100_000)}\n`);
  assert.ok(long.every((licence) => licence.length <= 200));
});
