import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { pearRegistry } from './index.ts';
import { parseSerialized } from './serialized.ts';

const REGISTRY = 'usr/local/lib/php/.registry';

test('reads what pear installed', () => {
  const files = Object.fromEntries(catalogerSamples('pear-registry').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(pearRegistry, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), ['pear.php.net/Harbour_Charts 2.4.1 (BSD)']);
});

for (const [what, path, text, expected] of [
  [
    'an extension of PECL',
    `${REGISTRY}/.channel.pecl.php.net/apcu.reg`,
    'a:3:{s:4:"name";s:4:"APCu";s:7:"channel";s:12:"pecl.php.net";s:7:"version";a:1:{s:7:"release";s:6:"5.1.23";}}',
    ['pecl.php.net/APCu 5.1.23'],
  ],
  [
    'a description of version 1',
    `${REGISTRY}/old.reg`,
    'a:3:{s:7:"package";s:3:"Old";s:7:"version";s:3:"1.0";s:15:"release_license";s:3:"PHP";}',
    ['pear.php.net/Old 1.0 (PHP)'],
  ],
  ['a name of two bytes a letter', `${REGISTRY}/o.reg`, 'a:1:{s:4:"name";s:2:"ö";}', ['pear.php.net/ö']],
  ['a file of Windows', 'srv/keys.reg', 'Windows Registry Editor Version 5.00\n', []],
  ['a text beyond the end', `${REGISTRY}/x.reg`, 'a:1:{s:4:"name";s:999:"x";}', ['pear-registry-unreadable 1']],
  ['an object', `${REGISTRY}/x.reg`, 'O:8:"stdClass":0:{}', ['pear-registry-unreadable 1']],
  ['no name', `${REGISTRY}/x.reg`, 'a:0:{}', ['pear-registry-record-unusable 1']],
] as const) {
  test(`reads ${what}`, () => {
    const { packages, problems } = catalogFiles(pearRegistry, { [path]: text });
    assert.deepEqual([...packages.map(packageLine), ...problems.map(problemLine)], expected);
  });
}

test('deep and long values are refused', () => {
  assert.equal(parseSerialized(Buffer.from('a:1:{i:0;'.repeat(100_000))).ok, false);
  assert.equal(parseSerialized(Buffer.from('a:99999999999:{')).ok, false);
  assert.equal(parseSerialized(Buffer.from('s:1e999:"')).ok, false);
});
