import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageUrl } from '#model/index.ts';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { homebrewCellar } from './index.ts';

const CELLAR = 'opt/homebrew/Cellar';

test('joins the receipt of a keg with the formula that is kept in it', () => {
  const files = Object.fromEntries(catalogerSamples('homebrew-cellar').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(homebrewCellar, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), ['harbour/tap/harbour 2.4.1_1 direct (MIT OR Apache-2.0)']);
  assert.deepEqual(
    packages.map((found) => packageUrl(found)),
    ['pkg:brew/harbour/tap/harbour@2.4.1_1'],
  );
});

for (const [what, files, expected] of [
  [
    'the main tap',
    { [`${CELLAR}/jq/1.7/INSTALL_RECEIPT.json`]: '{"installed_as_dependency":true,"source":{"tap":"homebrew/core"}}' },
    ['jq 1.7 transitive'],
  ],
  [
    'a receipt that is broken',
    { [`${CELLAR}/jq/1.7/INSTALL_RECEIPT.json`]: '{', [`${CELLAR}/jq/1.7/.brew/jq.rb`]: '  license "MIT"\n' },
    ['jq 1.7 (MIT)', 'homebrew-receipt-unreadable 1'],
  ],
  [
    'licences that hold together or with exceptions',
    {
      [`${CELLAR}/a/1/.brew/a.rb`]: '  license all_of: ["MIT", "ISC"]\n',
      [`${CELLAR}/b/1/.brew/b.rb`]: '  license "GPL-2.0-only" => { with: "Classpath-exception-2.0" }\n',
    },
    ['a 1 (MIT, ISC)', 'b 1 ("GPL-2.0-only" => { with: "Classpath-exception-2.0" })'],
  ],
  ['Ruby programs in a keg', { [`${CELLAR}/ruby/3.3.0/lib/a.rb`]: 'license "MIT"' }, []],
] as const) {
  test(`reads ${what}`, () => {
    const { packages, problems } = catalogFiles(homebrewCellar, files);
    assert.deepEqual([...packages.map(packageLine), ...problems.map(problemLine)], expected);
  });
}
