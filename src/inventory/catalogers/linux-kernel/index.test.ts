import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { linuxKernel } from './index.ts';

const samples = Object.fromEntries(catalogerSamples('linux-kernel').map(({ path, content }) => [path, content]));

test('reads the release of an image and of modules', () => {
  const { packages, problems } = catalogFiles(linuxKernel, samples);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), [
    'linux-kernel 6.1.0-56-harbour (GPL-2.0-only)',
    'linux-kernel-modules 6.1.0-56-harbour',
  ]);
});

const image = samples['boot/vmlinuz-6.1.0-56-harbour'] ?? assert.fail('no sample');
for (const [what, path, content, expected] of [
  ['an image under another name', 'boot/bzImage', image, ['linux-kernel 6.1.0-56-harbour (GPL-2.0-only)']],
  [
    'an image that is packed',
    'boot/vmlinuz-6.6.1',
    Buffer.from('\x1f\x8b\x08', 'latin1'),
    ['linux-kernel 6.6.1 (GPL-2.0-only)'],
  ],
  [
    'a packed image without a name',
    'boot/vmlinuz',
    Buffer.from('\x1f\x8b\x08', 'latin1'),
    ['linux-kernel (GPL-2.0-only)'],
  ],
  ['something else', 'srv/vmlinuz.txt', Buffer.from('6.1.0'), []],
  ['modules of no release', 'srv/modules.builtin', Buffer.from('x'), []],
] as const) {
  test(`reads ${what}`, () => {
    const { packages, problems } = catalogFiles(linuxKernel, { [path]: content });
    assert.deepEqual([...packages.map(packageLine), ...problems.map(problemLine)], expected);
  });
}
