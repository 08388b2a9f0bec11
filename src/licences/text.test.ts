import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import data from '../../content/licences/texts.json' with { type: 'json' };
import { licenceId } from './expression.ts';
import { licenceOfText } from './text.ts';

test('every licence that is told by its text is listed, and its own words tell it', () => {
  for (const { id, all } of data.texts) {
    assert.equal(licenceId(id), id);
    assert.equal(licenceOfText(all.join('\n\n*  ')), id, all[0]);
  }
});

test('line breaks, case and ornaments do not matter; other texts are of no licence', () => {
  const notice =
    'PERMISSION is hereby\n * granted, free of charge, to any\tperson obtaining a copy … The above copyright\nnotice and this permission notice shall';
  assert.equal(licenceOfText(notice), 'MIT');
  assert.equal(licenceOfText('All rights reserved.'), undefined);
  assert.equal(licenceOfText(''), undefined);
  assert.equal(licenceOfText('licence '.repeat(1_000_000)), undefined);
});

/** Debian installs the texts of the common licences under these names. */
const COMMON: readonly (readonly [file: string, id: string])[] = [
  ['Apache-2.0', 'Apache-2.0'],
  ['Artistic', 'Artistic-1.0-Perl'],
  ['CC0-1.0', 'CC0-1.0'],
  ['GFDL-1.3', 'GFDL-1.3-only'],
  ['GPL-1', 'GPL-1.0-only'],
  ['GPL-2', 'GPL-2.0-only'],
  ['GPL-3', 'GPL-3.0-only'],
  ['LGPL-2', 'LGPL-2.0-only'],
  ['LGPL-2.1', 'LGPL-2.1-only'],
  ['LGPL-3', 'LGPL-3.0-only'],
  ['MPL-1.1', 'MPL-1.1'],
  ['MPL-2.0', 'MPL-2.0'],
];

for (const [file, id] of COMMON) {
  const path = `/usr/share/common-licenses/${file}`;
  test(
    `the whole text of ${id}`,
    { skip: existsSync(path) ? false : `${path} is not here (Debian's base-files)` },
    () => assert.equal(licenceOfText(readFileSync(path, 'utf8')), id),
  );
}
