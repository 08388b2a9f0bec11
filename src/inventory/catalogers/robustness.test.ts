import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examplePaths } from '../../../test/kit/example-paths.ts';
import { inputFile } from '../../../test/kit/input-file.ts';
import { type LargeFile, readLargeFile } from '../../../test/kit/read-large-file.ts';
import type { Cataloger } from '../cataloger.ts';
import { catalogers } from './index.ts';

const MB = 1024 * 1024;

/** A file of about so many megabytes. */
function large(
  cataloger: string,
  path: string,
  megabytes: number,
  content: Omit<LargeFile, 'cataloger' | 'path' | 'times'>,
): LargeFile {
  return { cataloger, path, ...content, times: Math.ceil((megabytes * MB) / content.unit.length) };
}

/**
 * Lock files made to cost more than they are, one set for each family of readers: in the memory of an analysis thread they end with
 * a problem that says what was left out. Larger files than these are refused before they are read.
 */
const cases: readonly (readonly [what: string, file: LargeFile, problem: string | RegExp])[] = [
  // JSON
  [
    'JSON of 100 MB of empty lists',
    large('nuget-assets', 'obj/project.assets.json', 100, { head: '[', unit: '[],', tail: '[]]' }),
    'nuget-assets-unreadable incomplete',
  ],
  [
    'JSON of 20 MB that is nested to the end',
    large('npm-lock', 'package-lock.json', 20, { unit: '{"a":', tail: '' }),
    'npm-lock-unreadable incomplete',
  ],
  [
    'JSON of one text of 40 MB',
    large('npm-lock', 'package-lock.json', 20, {
      head: '{"packages":{"',
      unit: 'é'.repeat(64),
      tail: '":{"version":"1"}}}',
    }),
    'npm-lock-record-unusable incomplete',
  ],
  // YAML
  [
    'YAML of more than 32 MB',
    large('pnpm-lock', 'pnpm-lock.yaml', 33, { unit: 'a: b\n' }),
    'pnpm-lock-unreadable incomplete',
  ],
  [
    'YAML of 15 MB of short items',
    large('pubspec-lock', 'pubspec.lock', 15, { head: 'packages:\n', unit: '- a\n' }),
    /^pubspec-lock-\S+ incomplete$/,
  ],
  [
    'YAML that is nested to the end',
    large('conda-lock', 'conda-lock.yml', 8, { head: 'package: ', unit: '[' }),
    'conda-lock-unreadable incomplete',
  ],
  // TOML
  [
    'TOML of more than 16 MB',
    large('cargo-lock', 'Cargo.lock', 17, { unit: '[[package]]\n' }),
    'cargo-lock-unreadable incomplete',
  ],
  [
    'TOML of 15 MB of short keys',
    large('poetry-lock', 'poetry.lock', 15, { head: 'a', unit: '.a', tail: ' = 1' }),
    'poetry-lock-unreadable incomplete',
  ],
  // XML
  [
    'XML of 30 MB of short elements',
    large('gradle-verification', 'verification-metadata.xml', 30, { head: '<a>', unit: '<b/>', tail: '</a>' }),
    'gradle-verification-unreadable incomplete',
  ],
  [
    'XML that is nested to the end',
    large('nuget-config', 'packages.config', 15, { unit: '<a>' }),
    'nuget-config-unreadable incomplete',
  ],
  // Lines and programs
  [
    'blocks of yarn without an end',
    large('yarn-lock', 'yarn.lock', 20, { unit: 'a@1, a@2:\n  version "1"\n  dependencies:\n    a "1"\n\n' }),
    /^$/,
  ],
  [
    'lines of go.sum of unlike modules',
    large('go-mod', 'go.sum', 6, { unit: 'x\n' }),
    'go-mod-sum-line-unreadable incomplete',
  ],
  ['requirements without an end', large('pip-requirements', 'requirements.txt', 4, { unit: '-r a.txt\n' }), /^$/],
  [
    'a build file of open brackets',
    large('gradle-build', 'build.gradle', 4, { unit: 'implementation("a:b:' }),
    /^gradle-build-version-open note$/,
  ],
];

for (const [what, file, expected] of cases) {
  test(`${what} fits in the memory of a thread`, { timeout: 120_000 }, async () => {
    const { packages, problems } = await readLargeFile(file);
    assert.ok(packages <= 200_000);
    if (typeof expected === 'string') assert.deepEqual(problems, [expected]);
    else for (const problem of problems) assert.match(problem, expected);
  });
}

/** Sixty levels of a list that holds the level below twice: written out it would have 2^60 items. */
function doubling(open: string, close: string): string {
  const levels = Array.from({ length: 60 }, (_, level) => {
    const below = level === 0 ? '*start' : `*level${level - 1}`;
    return `level${level}: &level${level} ${open}${open === '{' ? `l: ${below}, r: ${below}` : `${below}, ${below}`}${close}\n`;
  });
  const members = ['packages', 'package', 'dependencies', 'PODS', 'shards', 'repos', 'jobs', 'importers', 'snapshots'];
  return `start: &start a\n${levels.join('')}${members.map((member) => `${member}: *level59\n`).join('')}`;
}

const small: readonly (readonly [what: string, content: string])[] = [
  ['aliases of lists that double', doubling('[', ']')],
  ['aliases of maps that double', doubling('{', '}')],
  ['an alias inside of what it stands for', 'packages: &a\n  b: *a\njobs: &j [*j]\ndependencies: &d { x: *d }\n'],
  ['merge keys in a circle', 'packages: &a\n  <<: *a\n  b: { <<: *a }\n'],
  [
    'names of prototypes',
    '{"__proto__":{"packages":{}},"packages":{"__proto__":{"version":"1"},"constructor":{"version":"1","dependencies":{"toString":"1"}}},"dependencies":{"hasOwnProperty":"1"}}',
  ],
  ['entities that double', '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><project>&b;</project>'],
  [
    'needs in a circle',
    '{"lockfileVersion":3,"packages":{"":{"dependencies":{"a":"1"}},"node_modules/a":{"version":"1","dependencies":{"b":"1"}},"node_modules/b":{"version":"1","dependencies":{"a":"1"}}}}',
  ],
  ['quotes that never close', '"'.repeat(20_000)],
  ['comments that never close', '/*'.repeat(20_000)],
  ['brackets that never close', '[{(<'.repeat(10_000)],
];

const all: readonly Cataloger[] = catalogers;

for (const [what, content] of small) {
  test(`every cataloger of declared packages ends on ${what}`, { timeout: 120_000 }, () => {
    for (const cataloger of all.filter(({ evidence }) => evidence === 'declared')) {
      for (const path of cataloger.files.flatMap((pattern) => examplePaths(pattern).slice(0, 1))) {
        const { fragment, problems } = cataloger.read(inputFile(path, content), []);
        for (const { code, message } of problems) assert.ok(code.startsWith(cataloger.id) && message.length > 20, code);
        if (fragment !== undefined) cataloger.assemble([{ path, fragment, layer: 0, older: [] }], {});
      }
    }
  });
}
