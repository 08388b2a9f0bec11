import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { csproj } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(csproj, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

const project = (...references: string[]) => `<Project><ItemGroup>${references.join('')}</ItemGroup></Project>`;

test('reads what a project asks for, with the versions of the files above', () => {
  const files = {
    'app/src/Web/Harbour.csproj': sample('Harbour.csproj'),
    'app/Directory.Packages.props': sample('Directory.Packages.props'),
    'app/Directory.Build.props': '<Project><PropertyGroup><AboveVersion>4.0.0</AboveVersion></PropertyGroup></Project>',
    'other/Directory.Packages.props': project('<PackageVersion Include="Nowhere" Version="1.0.0"/>'),
  };
  assert.deepEqual(lines(files), [
    'Serilog 3.1.1 direct',
    'Newtonsoft.Json 13.0.1 direct',
    'Central.One 1.0.1 direct',
    'Central.Two 2.5.0 direct',
    'StyleCop.Analyzers 1.1.118 development direct',
    'Floating direct',
    'Nowhere direct',
    'From.Above 4.0.0 direct',
    'System.Text.Json 8.0.0 direct',
    'System.Memory 8.0.0 direct',
    'Nerdbank.GitVersioning 3.6.133 development direct',
    'csproj-version-open 2',
  ]);
});

for (const lock of ['app/packages.lock.json', 'app/obj/project.assets.json']) {
  test(`${lock} tells more`, () => {
    const asks = project('<PackageReference Include="A" Version="1.0.0"/>');
    assert.deepEqual(lines({ 'app/A.fsproj': asks, 'beside/B.vbproj': asks, [lock]: '{}' }), ['A 1.0.0 direct']);
  });
}

for (const [what, text, expected] of [
  ['no XML', '<Project', ['csproj-unreadable 1']],
  [
    'names of prototypes',
    project('<PackageReference Include="constructor" Version="$(__proto__)"/>'),
    ['constructor direct', 'csproj-version-open 1'],
  ],
  [
    'several versions under conditions',
    project(
      '<PackageReference Include="A"/>',
      '<PackageVersion Include="A" Version="1"/>',
      '<PackageVersion Include="A" Version="2"/>',
    ),
    ['A 1 direct', 'A 2 direct'],
  ],
  [
    'properties in a circle',
    '<Project><PropertyGroup><a>$(b)</a><b>$(a)</b></PropertyGroup><ItemGroup><PackageReference Include="A" Version="$(a)"/></ItemGroup></Project>',
    ['A direct', 'csproj-version-open 1'],
  ],
  ['nothing of packages', '<Project/>', []],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines({ 'app/A.csproj': text }), expected));
}
