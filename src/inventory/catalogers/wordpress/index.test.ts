import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { wordpress } from './index.ts';

test('reads the core, plugins and themes', () => {
  const files = Object.fromEntries(catalogerSamples('wordpress').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(wordpress, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), [
    'plugins/harbour-charts 2.4.1 (GPL v2 or later)',
    'themes/tide 1.5 (GNU General Public License v2 or later)',
    'wordpress 6.4.3 (GPL-2.0-or-later)',
  ]);
  assert.equal(packages[0]?.maintainer, 'Packaging Team');
});

for (const [what, path, text, expected] of [
  [
    'a plugin of one file',
    'srv/wp-content/plugins/tide.php',
    '<?php /* Plugin Name: Tide\nVersion: 1 */',
    ['plugins/tide 1'],
  ],
  ['a plugin that must be used', 'srv/wp-content/mu-plugins/a/a.php', '<?php\n# Plugin Name: A\n', ['plugins/a']],
  ['lines ended by CR', 'srv/wp-content/plugins/a/a.php', '<?php\r// Plugin Name: A\r// Version: 2\r', ['plugins/a 2']],
  ['no file below', 'srv/wp-content/plugins/a/inc/a.php', '<?php\n# Plugin Name: A\n', []],
  ['no header beyond the first bytes', 'srv/wp-content/plugins/a/a.php', `${' '.repeat(8192)}\n# Plugin Name: A\n`, []],
  ['no other file', 'srv/plugins/a/a.php', '<?php\n# Plugin Name: A\n', []],
  ['a version that is computed', 'srv/wp-includes/version.php', '<?php\n$wp_version = x();\n', []],
] as const) {
  test(`reads ${what}`, () => {
    assert.deepEqual(catalogFiles(wordpress, { [path]: text }).packages.map(packageLine), expected);
  });
}
