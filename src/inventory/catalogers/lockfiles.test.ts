import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type ContentClass, contentClass } from '#artifact/index.ts';
import type { Package } from '#model/index.ts';
import { inputFile } from '../../../test/kit/input-file.ts';
import { sharedPath, sharedSkip } from '../../../test/kit/shared.ts';
import type { Cataloger, FilePattern } from '../cataloger.ts';
import { catalogers } from './index.ts';

/**
 * Labelled files of many ecosystems against every registered cataloger. A case names the file as a scanner would meet it;
 * whoever asks for a file of that name reads it. A case that no cataloger asks for is skipped and says so.
 */
interface LabelledCase {
  readonly parser: string;
  readonly file: string;
  readonly name: string;
  readonly as?: string;
  readonly packages: readonly LabelledPackage[];
  readonly dependencies: readonly { readonly id: string; readonly depends_on: readonly string[] }[] | null;
}

interface LabelledPackage {
  readonly name: string;
  readonly version: string;
  readonly ID?: string;
  readonly Dev?: boolean;
  readonly relationship?: string;
  readonly Licenses?: readonly string[];
}

type Aspect = 'packages' | 'relations' | 'dependencies' | 'licences';

/** Aspects of the cases whose answer lies in files of a Maven repository that the case does not have. */
function needsRepository(...aspects: readonly Aspect[]): readonly [aspect: Aspect, reason: string][] {
  return aspects.map((aspect) => [aspect, 'needs the files of a Maven repository, which nothing fetches']);
}

const WITHOUT_VERSION = 'what is asked for without a version is listed without one, the case leaves it out';

const GO_WORDS = 'versions are in the words of Go, `go1.22.1` and `(devel)`, the case has `v1.22.1` and none';

/** Where we answer otherwise and why, by parser and name of the case; `*` for all of a parser. */
const DIFFERENT: Readonly<Record<string, readonly [aspect: Aspect, reason: string][]>> = {
  'golang/binary *': [
    ['packages', GO_WORDS],
    ['relations', GO_WORDS],
    ['dependencies', GO_WORDS],
  ],
  'golang/mod no replace': [
    ['packages', 'what replaces a module is what is built'],
    ['relations', 'what replaces a module is what is built'],
    ['dependencies', 'what replaces a module is what is built'],
  ],
  'java/jar *': [['licences', 'they are given in the words of the record']],
  'java/jar sha1 search': [['packages', 'needs an index of the archives of Maven Central by SHA-1']],
  'java/pom *': needsRepository('licences'),
  'java/pom hard requirement for the specified version': needsRepository('packages', 'relations', 'dependencies'),
  'java/pom exclusions in child and parent dependency management': needsRepository(
    'packages',
    'relations',
    'dependencies',
  ),
  'java/pom multi module': needsRepository('packages', 'relations', 'dependencies'),
  'java/pom multi module with similar deps, but different children': needsRepository(
    'packages',
    'relations',
    'dependencies',
  ),
  'java/pom multi module soft requirement': needsRepository('packages', 'relations', 'dependencies'),
  'java/pom overwrite artifact version from dependencyManagement in the root POM when dependency uses `project.*` props':
    needsRepository('packages', 'relations', 'dependencies'),
  'java/pom transitive dependencyManagement should not be inherited': needsRepository(
    'packages',
    'relations',
    'dependencies',
  ),
  'java/pom dependency from parent uses version from root pom depManagement': needsRepository(
    'packages',
    'relations',
    'dependencies',
  ),
  'java/pom dependency from parent uses version from child(scanned) pom depManagement': needsRepository(
    'packages',
    'relations',
    'dependencies',
  ),
  "java/pom don't overwrite test scope from upper depManagement": needsRepository(
    'packages',
    'relations',
    'dependencies',
  ),
  'julia/manifest julia v1.0 format': [
    ['packages', 'a version that is not written is empty, not `unknown`'],
    ['dependencies', 'a version that is not written is empty, not `unknown`'],
  ],
  'nodejs/yarn happy v2': [
    ['packages', 'a package that Yarn patches (`patch:`) is still that package, the case leaves it out'],
  ],
  'nuget/packagesprops VariablesAsNamesOrVersion': [['packages', WITHOUT_VERSION]],
  'php/composer happy path': [['licences', 'licences to choose from are one expression']],
  'python/packaging *': [
    ['licences', '`UNKNOWN` is the word of a tool for "none given", and a licence file is not the name of a licence'],
  ],
  'python/pip happy path with dependency without version': [['packages', WITHOUT_VERSION]],
  'python/pip happy path with operator': [['packages', WITHOUT_VERSION]],
  'python/pylock happy path': [
    ['dependencies', 'the case has one of the two environments of a package, we join what it needs in both'],
  ],
};

/** Parsers whose cases leave out what is for development; we list it, marked so. */
const WITHOUT_DEVELOPMENT = new Set(['java/pom', 'nodejs/pnpm', 'python/pipenv', 'python/poetry']);

/** Where a file lies whose cataloger looks at the directory as well. */
const PLACES: readonly [name: RegExp, path: string][] = [
  [/\.gemspec$/, 'usr/lib/ruby/gems/3.3.0/specifications/x.gemspec'],
  [/METADATA$/, 'usr/lib/python3/site-packages/x.dist-info/METADATA'],
  [/PKG-INFO$/, 'usr/lib/python3/site-packages/x.egg-info/PKG-INFO'],
  [/installed\.json$/, 'app/vendor/composer/installed.json'],
];

const all: readonly Cataloger[] = catalogers;
const folder = sharedPath('conformance/lockfiles');
const cases: readonly LabelledCase[] =
  folder === undefined ? [] : JSON.parse(readFileSync(`${folder}/cases.json`, 'utf8'));

test('there are labelled lock files', { skip: sharedSkip(folder) }, () => assert.ok(cases.length > 0));

for (const labelled of cases) {
  const path = pathOf(labelled);
  const begins = contentClass(readFileSync(`${folder}/${labelled.file}`).subarray(0, 1024));
  const readers = all.filter(({ files }) => files.some((pattern) => isWanted(pattern, path, begins)));
  const skip = readers.length === 0 && `no cataloger asks for ${path}`;
  test(`${labelled.parser}: ${labelled.name}`, { skip }, () => {
    const packages = readers.flatMap((cataloger) => catalog(cataloger, path, `${folder}/${labelled.file}`));
    check('packages', labelled, () => assert.deepEqual(identities(packages, labelled), expectedIdentities(labelled)));
    check('relations', labelled, () => checkRelations(packages, labelled));
    check('dependencies', labelled, () => checkDependencies(packages, labelled));
    check('licences', labelled, () => checkLicences(packages, labelled));
  });
}

function pathOf({ as, file }: LabelledCase): string {
  const name = as ?? file.slice(file.lastIndexOf('/') + 1);
  return PLACES.find(([pattern]) => pattern.test(name))?.[1] ?? `app/${name}`;
}

function isWanted(pattern: FilePattern, path: string, begins: ContentClass | undefined): boolean {
  if (pattern.kind === 'path') return pattern.path === path;
  if (pattern.kind === 'name') return path.endsWith(`/${pattern.name}`);
  if (pattern.kind === 'content') return begins !== undefined && pattern.is.includes(begins);
  if (pattern.kind === 'prefix') return path.slice(path.lastIndexOf('/') + 1).startsWith(pattern.prefix);
  if (pattern.kind !== 'suffix' && pattern.kind !== 'directory') return false;
  return path.endsWith(pattern.suffix) && (pattern.kind === 'suffix' || path.startsWith(`${pattern.path}/`));
}

function catalog(cataloger: Cataloger, path: string, file: string): Package[] {
  const { fragment } = cataloger.read(inputFile(path, readFileSync(file)));
  if (fragment === undefined) return [];
  return cataloger.assemble([{ path, fragment, layer: 0, older: [] }], {}).packages.map((found) => found.package);
}

/** Where a case differs on purpose its comparison must fail, or the reason is out of date. */
function check(aspect: Aspect, { parser, name }: LabelledCase, compare: () => void): void {
  if (DIFFERENT[`${parser} *`]?.some(([different]) => different === aspect)) return;
  if (DIFFERENT[`${parser} ${name}`]?.some(([different]) => different === aspect)) assert.throws(compare, name);
  else compare();
}

function isCompared({ scope }: Package, { parser }: LabelledCase): boolean {
  return scope !== 'development' || !WITHOUT_DEVELOPMENT.has(parser);
}

function identities(packages: readonly Package[], labelled: LabelledCase): string[] {
  return packages
    .filter((found) => isCompared(found, labelled))
    .map((found) => `${idOf(found)}${found.scope === 'development' ? ' (development)' : ''}`)
    .sort();
}

function expectedIdentities({ packages }: LabelledCase): string[] {
  return packages.map((found) => `${idOf(found)}${found.Dev ? ' (development)' : ''}`).sort();
}

function checkRelations(packages: readonly Package[], labelled: LabelledCase): void {
  const relations: Readonly<Record<string, string>> = { Direct: 'direct', Indirect: 'transitive', Root: 'root' };
  const byId = new Map(packages.map((found) => [idOf(found), found]));
  for (const expected of labelled.packages) {
    const relation = relations[expected.relationship ?? ''];
    if (relation) assert.equal(byId.get(idOf(expected))?.relation, relation, idOf(expected));
  }
}

function checkDependencies(packages: readonly Package[], labelled: LabelledCase): void {
  const byId = new Map(packages.map((found) => [idOf(found), found]));
  const ours = new Map(labelled.packages.map((expected) => [expected.ID, idOf(expected)]));
  const left = new Set(packages.filter((found) => !isCompared(found, labelled)).map(idOf));
  for (const { id, depends_on } of labelled.dependencies ?? []) {
    const needs = depends_on.map((need) => ours.get(need) ?? need);
    const found = byId.get(ours.get(id) ?? id)?.dependencies ?? [];
    assert.deepEqual(found.filter((need) => !left.has(need)).sort(), needs.sort(), id);
  }
}

function checkLicences(packages: readonly Package[], labelled: LabelledCase): void {
  const byId = new Map(packages.map((found) => [idOf(found), found]));
  for (const expected of labelled.packages)
    if (expected.Licenses) assert.deepEqual(byId.get(idOf(expected))?.licences, expected.Licenses, idOf(expected));
}

function idOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return version === '' ? name : `${name}@${version}`;
}
