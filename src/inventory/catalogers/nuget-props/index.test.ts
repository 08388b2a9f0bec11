import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles } from '../../../../test/kit/catalog-files.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { nugetProps } from './index.ts';
import { parseProps } from './parse.ts';

function read(content: string | Buffer) {
  const { packages, problems } = parseProps(inputFile('Directory.Packages.props', content));
  return {
    rows: packages.map(({ name, version }) => `${name} ${version}`),
    problems: problems.map(({ code, count }) => `${code} ${count ?? 1}`),
  };
}

test('reads versions and the properties they are written with', () => {
  const found = read(readFileSync(new URL('testdata/Directory.Packages.props', import.meta.url)));
  assert.deepEqual(found.rows, [
    'Serilog 3.1.1',
    'Newtonsoft.Json 13.0.1',
    'Tides 2.0.0-beta.1',
    'Floating ',
    'Elsewhere ',
    'Nerdbank.GitVersioning 3.6.133',
  ]);
  assert.deepEqual(found.problems, ['nuget-props-version-open 2']);
});

for (const [what, item] of [
  ['in a circle', '<a>$(b)</a><b>$(a)</b>'],
  ['that grow without end', '<a>$(a)$(a)$(a)</a>'],
] as const) {
  test(`properties ${what} give no version`, () => {
    const content = `<Project><PropertyGroup>${item}</PropertyGroup><ItemGroup><PackageVersion Include="x" Version="$(a)"/></ItemGroup></Project>`;
    assert.deepEqual(read(content), { rows: ['x '], problems: ['nuget-props-version-open 1'] });
  });
}

test('where the projects are at hand they tell what is used', () => {
  const props = '<Project><ItemGroup><PackageVersion Include="A" Version="1.0.0"/></ItemGroup></Project>';
  const found = (files: Record<string, string>) => catalogFiles(nugetProps, files).packages.map(({ name }) => name);
  assert.deepEqual(found({ 'app/Directory.Packages.props': props, 'other/A.csproj': '<Project/>' }), ['A']);
  assert.deepEqual(found({ 'app/Directory.Packages.props': props, 'app/src/A.csproj': '<Project/>' }), []);
});
