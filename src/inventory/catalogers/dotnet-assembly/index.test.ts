import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dotnetAssembly as made } from '../../../../test/kit/dotnet-assembly.ts';
import { peOf } from '../../../../test/kit/executables.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { dotnetAssembly } from './index.ts';

const manifest = JSON.stringify({
  targets: { net8: { 'Harbour/1.0.0': { runtime: { 'lib/net8.0/Harbour.Core.dll': {} } } } },
  libraries: { 'Harbour/1.0.0': { type: 'project' } },
});

/** Name and version of every package found in files of these paths. */
function found(files: Readonly<Record<string, Uint8Array | string>>): string[] {
  const fragments = Object.entries(files).flatMap(([path, content]) => {
    const { fragment, problems } = dotnetAssembly.read(inputFile(path, content));
    assert.deepEqual(problems, []);
    return fragment ? [{ path, fragment, layer: 0, older: [] }] : [];
  });
  return dotnetAssembly.assemble(fragments, {}).packages.map(({ package: one }) => `${one.name} ${one.version}`);
}

for (const [what, strings, version] of [
  ['the product version', { ProductVersion: '8.0.1+bf5e279', FileVersion: '8.0.123.58001' }, '8.0.1'],
  ['a prerelease', { ProductVersion: '2.1.3-beta.1+0123abc' }, '2.1.3-beta.1'],
  ['the file version', { ProductVersion: 'The best', FileVersion: '6.0.8.18111' }, '6.0.8.18111'],
  ['the assembly', { ProductName: 'Tides' }, '1.2.3.4'],
  ['the assembly without a resource', undefined, '1.2.3.4'],
] as const) {
  test(`takes the version of ${what}`, () => {
    const assembly = made({ name: 'Tides', version: [1, 2, 3, 4], ...(strings && { strings }) });
    assert.deepEqual(found({ 'app/Tides.dll': assembly }), [`Tides ${version}`]);
  });
}

const tides = made({ name: 'Tides', version: [1, 0, 0, 0] });
const core = made({ name: 'Harbour.Core', version: [1, 0, 0, 0] });

for (const [what, files, expected] of [
  ['beside its manifest', { 'app/x.deps.json': manifest, 'app/Harbour.Core.dll': core }, []],
  ['below its manifest', { 'app/x.deps.json': manifest, 'app/bin/Harbour.Core.dll': core }, []],
  [
    'beside a manifest that does not name it',
    { 'app/x.deps.json': manifest, 'app/Tides.dll': tides },
    ['Tides 1.0.0.0'],
  ],
  ['elsewhere', { 'app/x.deps.json': manifest, 'opt/Harbour.Core.dll': core }, ['Harbour.Core 1.0.0.0']],
  ['beside a broken manifest', { 'app/x.deps.json': '{', 'app/Tides.dll': tides }, ['Tides 1.0.0.0']],
  ['that is only compiled against', { 'sdk/ref/Tides.dll': tides }, []],
  ['that holds translations', { 'app/de/Tides.resources.dll': tides }, []],
  ['that is native', { 'app/native.dll': peOf([]) }, []],
  ['that only redirects', { 'app/policy.dll': made({ name: 'policy.1.0.Tides', version: [0, 0, 0, 0] }) }, []],
] as const) {
  test(`${expected.length > 0 ? 'lists' : 'does not list'} an assembly ${what}`, () =>
    assert.deepEqual(found(files), expected));
}
