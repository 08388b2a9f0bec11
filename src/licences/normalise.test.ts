import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseLicence, renderLicence } from './normalise.ts';

function normal(text: string): string | undefined {
  const found = normaliseLicence(text);
  return found && renderLicence(found.tree);
}

for (const [words, expected] of [
  ['MIT', 'MIT'],
  ['The MIT License', 'MIT'],
  ['Expat', 'MIT'],
  ['Apache License, Version 2.0', 'Apache-2.0'],
  ['Apache License 2.0', 'Apache-2.0'],
  ['ASL 2.0', 'Apache-2.0'],
  ['Apache 2', 'Apache-2.0'],
  ['BSD 3-Clause', 'BSD-3-Clause'],
  ['BSD-3-clause', 'BSD-3-Clause'],
  ['3-Clause BSD License', 'BSD-3-Clause'],
  ['GPLv2+', 'GPL-2.0-or-later'],
  ['GPLv2', 'GPL-2.0-only'],
  ['GPL-2+', 'GPL-2.0-or-later'],
  ['GPL-2', 'GPL-2.0-only'],
  ['GPL-3.0+', 'GPL-3.0+'],
  ['LGPLv2.1+', 'LGPL-2.1-or-later'],
  ['LGPL-2.1', 'LGPL-2.1'],
  ['LGPLv3', 'LGPL-3.0-only'],
  ['GNU General Public License v3.0 or later', 'GPL-3.0-or-later'],
  ['GNU Lesser General Public License v2.1', 'LGPL-2.1-only'],
  ['GNU Affero General Public License v3', 'AGPL-3.0-only'],
  ['GPL', 'GPL-1.0-or-later'],
  ['GPLv2+ and LGPLv2+ and BSD-3-Clause', 'GPL-2.0-or-later AND LGPL-2.0-or-later AND BSD-3-Clause'],
  ['GPL-1+ or Artistic-1.0', 'GPL-1.0-or-later OR Artistic-1.0'],
  ['(MPLv1.1 or LGPLv3+) and ASL 2.0', '(MPL-1.1 OR LGPL-3.0-or-later) AND Apache-2.0'],
  ['LGPLv3+_or_GPLv2+', 'LGPL-3.0-or-later OR GPL-2.0-or-later'],
  ['MIT/Apache-2.0', 'MIT OR Apache-2.0'],
  ['MIT, BSD-2-Clause', 'MIT AND BSD-2-Clause'],
  ['Eclipse Public License v2.0', 'EPL-2.0'],
  ['Mozilla Public License 2.0', 'MPL-2.0'],
  ['Zlib or LicenseRef-ours', 'Zlib OR LicenseRef-ours'],
  ['Boost Software License 1.0', 'BSL-1.0'],
  ['The Unlicense', 'Unlicense'],
  ['Business Source License 1.1', 'BUSL-1.1'],
  ['GPL-3+ with Bison exception', 'GPL-3.0-or-later WITH Bison-exception-2.2'],
  ['GPL-2+ with our exception', undefined],
  ['public-domain', 'LicenseRef-public-domain'],
  ['see LICENSE', undefined],
  ['MIT and something of our own', undefined],
  ['GPL-9', undefined],
  ['', undefined],
  ['(', undefined],
  [`${'('.repeat(900)}MIT${')'.repeat(900)}`, 'MIT'],
] as const) {
  test(`${JSON.stringify(words).slice(0, 60)} means ${expected ?? 'nothing known'}`, () =>
    assert.equal(normal(words), expected));
}

test('a record of thousands of names takes no time and means nothing', () => {
  assert.equal(normal('MIT or '.repeat(280)), undefined);
  assert.equal(normal('MIT or '.repeat(100_000)), undefined);
});
