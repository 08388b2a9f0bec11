import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageEcosystem } from '#advisory/index.ts';
import type { PathPattern } from '#artifact/index.ts';
import { type Cataloger, catalogers, type Json } from '#inventory/index.ts';
import { isSystemPackage, type Package, type PackageType } from '#model/index.ts';
import { versionSchemes } from '#versions/index.ts';
import { advisorySources } from '../../src/advisory/sources/index.ts';
import { osvEcosystems } from '../../src/advisory/sources/osv/ecosystems/index.ts';
import { catalogerSamples } from '../kit/cataloger-samples.ts';
import { inputFile } from '../kit/input-file.ts';
import { markdownTable } from '../kit/markdown-table.ts';
import { assertMatchesFile } from '../kit/snapshot.ts';

const all: readonly Cataloger[] = catalogers;

const INTRODUCTION = `# Ecosystems

What is read of each ecosystem, how its versions are put in order, and whose advisories speak of it. This page is made from the
registries of catalogers, version schemes and advisory sources.`;

const RECORDS = `## What is read

- **installed**: the files say that it is there. **declared**: somebody wrote that it should be; counted in directories of sources.
- **says**: \`name\` what the project asks for by name, and what others brought; \`graph\` which package needs which; \`scope\` what is for
  development or optional. What a format does not hold is left out: it shows what the samples of each cataloger yield.
- A type without advisories is listed, and reported as not assessed.`;

const ADVISORIES = `## Whose advisories are matched

Ecosystems of OSV, with the packages they speak of. What is published under a licence that restricts use is fetched only when asked for by
name.`;

const SOURCES = `## Other sources

Asked before OSV for the distribution that they are of, or for what they add to a vulnerability.`;

const SCHEMES = `## How versions are put in order

Each as the ecosystem's own tool does. A version that the tool would refuse is reported as not assessed, never guessed.`;

test('the page of ecosystems says what the registries hold', () => {
  const page = [
    INTRODUCTION,
    RECORDS,
    markdownTable(recordRows()),
    ADVISORIES,
    markdownTable(advisoryRows()),
    SOURCES,
    markdownTable(sourceRows()),
    SCHEMES,
    markdownTable(schemeRows()),
  ].join('\n\n');
  assertMatchesFile(`${page}\n`, new URL('../../docs/reference/ecosystems.md', import.meta.url));
});

test('every type that packages have is spoken of, or known not to be', () => {
  const keys = new Set(osvEcosystems.flatMap(({ keyFamilies }) => keyFamilies));
  for (const type of new Set(all.map((cataloger) => cataloger.type))) {
    const key = isSystemPackage(type) ? undefined : languageEcosystem(type);
    assert.ok(key === undefined || keys.has(key), `${type} is asked for as ${key}`);
  }
});

function recordRows(): string[][] {
  const rows = [...all]
    .sort((a, b) => (a.type === b.type ? compare(a.id, b.id) : compare(a.type, b.type)))
    .map((cataloger) => [
      `\`${cataloger.type}\``,
      cataloger.title,
      filesOf(cataloger),
      cataloger.evidence,
      whatIsSaid(cataloger),
      advisoriesOf(cataloger.type),
      `\`${cataloger.id}\``,
    ]);
  return [['type', 'what', 'files', 'evidence', 'says', 'advisories', 'cataloger'], ...rows];
}

function advisoriesOf(type: PackageType): string {
  if (isSystemPackage(type)) return 'by distribution';
  const key = languageEcosystem(type);
  return osvEcosystems.find(({ keyFamilies }) => key !== undefined && keyFamilies.includes(key))?.name ?? 'none';
}

const MAX_FILES = 8;

function filesOf({ files }: Cataloger): string {
  const names = [...new Set(files.map(describe))];
  const shown = names.slice(0, MAX_FILES).join(', ');
  return names.length > MAX_FILES ? `${shown}, … (${names.length})` : shown;
}

function describe(pattern: PathPattern): string {
  const below = 'under' in pattern && pattern.under !== undefined ? `${pattern.under}/**/` : '';
  switch (pattern.kind) {
    case 'path':
      return `\`${pattern.path}\``;
    case 'directory':
      return `\`${pattern.path}/*${pattern.suffix}\``;
    case 'name':
      return `\`${below}${pattern.name}\``;
    case 'suffix':
      return `\`${below}*${pattern.suffix}\``;
    case 'prefix':
      return `\`${below}${pattern.prefix}*\``;
    case 'content':
      return pattern.is.join(', ');
    case 'setuid':
      return 'setuid files';
  }
}

function whatIsSaid(cataloger: Cataloger): string {
  const packages = packagesOf(cataloger);
  const words = [
    packages.some(({ relation }) => relation === 'direct' || relation === 'transitive') && 'name',
    packages.some(({ dependencies = [] }) => dependencies.length > 0) && 'graph',
    packages.some(({ scope }) => scope === 'development' || scope === 'optional') && 'scope',
  ];
  return words.filter(Boolean).join(', ') || '–';
}

/** Of all samples together, since one file may complete another; those of a bare name lie beside each other. */
function packagesOf(cataloger: Cataloger): readonly Package[] {
  const fragments = catalogerSamples(cataloger.id).flatMap(({ path, content }) => {
    const { fragment } = cataloger.read(inputFile(path.includes('/') ? path : `app/${path}`, content), []);
    return fragment === undefined ? [] : [visible(path.includes('/') ? path : `app/${path}`, fragment)];
  });
  return cataloger.assemble(fragments, {}).packages.map((found) => found.package);
}

function visible(path: string, fragment: Json) {
  return { path, fragment, layer: 0, older: [] };
}

function advisoryRows(): string[][] {
  const rows = osvEcosystems.map(({ name, keyFamilies, scheme, subject, license, restricted }) => [
    name,
    keyFamilies.map((key) => `\`${key}\``).join(', '),
    `\`${scheme}\``,
    subject,
    license,
    restricted === undefined ? '' : 'only when asked for',
  ]);
  return [['ecosystem', 'keys', 'versions', 'speaks of', 'licence', ''], ...rows];
}

function sourceRows(): string[][] {
  const rows = advisorySources
    .filter(({ id }) => id !== 'osv')
    .map(({ id, title, kind, references }) => [`\`${id}\``, title, kind, references[0] ?? '']);
  return [['source', 'what', 'kind', 'reference'], ...rows];
}

function schemeRows(): string[][] {
  const rows = versionSchemes.map(({ id, title, references }) => {
    const used = osvEcosystems.filter(({ scheme }) => scheme === id).map(({ name }) => name);
    return [`\`${id}\``, title, used.join(', '), references[0] ?? ''];
  });
  return [['scheme', 'what', 'used for', 'reference'], ...rows];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
