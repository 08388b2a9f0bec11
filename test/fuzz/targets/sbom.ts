import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { memoryContent } from '#foundation/index.ts';
import { inventoryOf, readSbom, type SbomInventory } from '#inventory/index.ts';
import { type Reporter, reporters, sbomReporters } from '#reporters/index.ts';
import { cleanReport, sampleReport } from '../../kit/report.ts';
import { checkProblems, checkWords, saysIncomplete } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const samples = new URL('../../../src/inventory/sbom/testdata/', import.meta.url);
const today = new Date('2026-11-25T00:00:00Z');
const options = { color: false, width: 80, verbose: true };

/** Documents that real tools wrote, and our own of the same form. */
function seedsOf(endings: RegExp, ids: readonly string[]): Buffer[] {
  const real = readdirSync(samples).filter((name) => endings.test(name));
  return [
    ...real.map((name) => readFileSync(new URL(name, samples))),
    ...sbomReporters.filter(({ id }) => ids.includes(id)).map((one) => rendered(one)),
  ];
}

function rendered(reporter: Reporter): Buffer {
  return Buffer.from([...reporter.render(sampleReport(), options)].join(''));
}

/** What was taken from a document, written down and read again, is the same: nothing is kept that cannot be said. */
function checkWrittenAgain({ inventory }: SbomInventory): void {
  const { distribution, packages } = inventory;
  const { distribution: _sample, ...report } = cleanReport({ packages });
  const reporter = reporters.find(({ id }) => id === 'cyclonedx') ?? assert.fail('no reporter');
  const text = [...reporter.render({ ...report, ...(distribution && { distribution }) }, options)].join('');
  const document = readSbom(memoryContent(Buffer.from(text)));
  assert.ok(document.ok, 'what is written can be read');
  const again = inventoryOf(document.value, { path: 'again', size: 1 }, today);
  // Two records of one package in one place are one component.
  const distinct = new Map(packages.map((one) => [`${one.purl}\0${one.version}\0${one.origin.path}`, one]));
  assert.ok(again.inventory.packages.length >= distinct.size, 'no package is lost when it is written and read');
}

function run(bytes: Uint8Array): void {
  const document = readSbom(memoryContent(bytes));
  if (!document.ok) {
    checkWords(document.error);
    return;
  }
  const found = inventoryOf(document.value, { path: 'dir/bom.json', size: bytes.length }, today);
  checkProblems(found.inventory.problems);
  const candidates = document.value.components.filter(({ kind }) => kind === 'package');
  const isSilent = found.inventory.packages.length === 0 && !saysIncomplete(found.inventory.problems);
  assert.ok(!isSilent || candidates.every(({ version }) => version === undefined), 'packages vanish without a word');
  checkWrittenAgain(found);
}

export const sbomJson: FuzzTarget = {
  id: 'sbom-json',
  title: 'Software bills of materials in JSON: CycloneDX, SPDX 2 and 3, Syft, GitHub, our own',
  form: 'json',
  seeds: () => seedsOf(/\.json$/, ['cyclonedx', 'spdx', 'spdx3', 'json']),
  testIterations: 150,
  run,
};

export const sbomText: FuzzTarget = {
  id: 'sbom-text',
  title: 'Software bills of materials as XML and tag-value',
  form: 'text',
  seeds: () => seedsOf(/\.(?:xml|spdx)$/, ['cyclonedx-xml', 'spdx-tag-value']),
  testIterations: 150,
  run,
};
