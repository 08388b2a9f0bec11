import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { Problem } from '#foundation/index.ts';
import { catalogerSamples } from '../../../test/kit/cataloger-samples.ts';
import { examplePaths } from '../../../test/kit/example-paths.ts';
import { inputFile } from '../../../test/kit/input-file.ts';
import type { Cataloger, InputFile } from '../cataloger.ts';
import { catalogers } from './index.ts';

const all: readonly Cataloger[] = catalogers;
const here = new URL('.', import.meta.url);

test('the folders are the registered catalogers', () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(folders.map(({ name }) => name).sort(), all.map(({ id }) => id).sort());
});

for (const cataloger of all) {
  test(`${cataloger.id} is described and tested`, () => {
    const names = readdirSync(new URL(`${cataloger.id}/`, here));
    for (const name of ['index.ts', 'index.test.ts', 'testdata']) assert.ok(names.includes(name), name);
    assert.match(cataloger.title, /^[A-Z].{10,80}[^.]$/);
    assert.ok(cataloger.references.length > 0);
    for (const reference of cataloger.references) assert.ok(URL.canParse(reference), reference);
    assert.ok(Number.isInteger(cataloger.revision) && cataloger.revision > 0);
  });

  test(`${cataloger.id} asks for bounded files inside the root`, () => {
    for (const pattern of cataloger.files) {
      assert.ok(pattern.maxBytes > 0 && pattern.maxBytes <= 1024 ** 3);
      assert.doesNotMatch(examplePaths(pattern)[0] ?? '', /^\/|\.\.|\/\//);
    }
  });

  test(`${cataloger.id} answers broken files with problems`, () => {
    for (const pattern of cataloger.files) {
      const path = examplePaths(pattern)[0] ?? '';
      for (const [what, content] of brokenContents()) {
        const { fragment, problems } = cataloger.read(inputFile(path, content));
        checkProblems(problems);
        if (content.length === 0) assert.equal(fragment, undefined, `${path}: ${what}`);
        if (fragment !== undefined) {
          assert.deepEqual(JSON.parse(JSON.stringify(fragment)), fragment, 'a fragment survives the cache');
          checkProblems(cataloger.assemble([{ path, fragment, layer: 0, older: [] }], {}).problems);
        }
      }
    }
  });

  test(`${cataloger.id} names dependencies that are in the same record`, () => {
    for (const sample of samplesOf(cataloger)) {
      const { fragment } = cataloger.read(sample);
      if (fragment === undefined) continue;
      const { packages } = cataloger.assemble([{ path: sample.path, fragment, layer: 0, older: [] }], {});
      const known = new Set(
        packages.map(({ package: { name, version } }) => (version === '' ? name : `${name}@${version}`)),
      );
      for (const { package: found } of packages)
        for (const need of found.dependencies ?? []) assert.ok(known.has(need), `${found.name} needs ${need}`);
    }
  });

  test(`${cataloger.id} survives its own samples cut short and with flipped bits`, () => {
    for (const sample of samplesOf(cataloger)) {
      for (const content of mutations(sample.bytes())) {
        const { fragment, problems } = cataloger.read(inputFile(sample.path, content));
        checkProblems(problems);
        if (fragment !== undefined) cataloger.assemble([{ path: sample.path, fragment, layer: 0, older: [] }], {});
      }
    }
  });
}

test('nothing gives nothing', () => {
  for (const cataloger of all) assert.deepEqual(cataloger.assemble([], {}), { packages: [], problems: [] });
});

function* brokenContents(): Generator<[what: string, content: Buffer]> {
  yield ['empty', Buffer.alloc(0)];
  yield ['zeroes', Buffer.alloc(8192)];
  yield ['newlines', Buffer.alloc(100_000, '\n')];
  yield ['one long line', Buffer.alloc(1_000_000, 'x')];
  yield ['a page of an error', Buffer.from('<html><body>404 not found</body></html>')];
  const next = randomBytes(7);
  for (let round = 0; round < 5; round++) yield [`noise ${round}`, Buffer.from(Array.from({ length: 5000 }, next))];
}

/** The cataloger's own samples; the part of a name after the first dot stands for a variant of it. */
function samplesOf(cataloger: Cataloger): InputFile[] {
  const samples = catalogerSamples(cataloger.id);
  assert.ok(samples.length > 0, 'a cataloger has samples');
  return samples.map(({ path, content }) => {
    const pattern = cataloger.files.find(
      ({ kind, ...rest }) => kind === 'path' && 'path' in rest && path.startsWith(lastPart(rest.path)),
    );
    return inputFile(pattern ? (examplePaths(pattern)[0] ?? '') : path, content);
  });
}

function* mutations(bytes: Uint8Array): Generator<Buffer> {
  const random = randomBytes(42);
  const number = (): number => random() * 65_536 + random() * 256 + random();
  for (let part = 0; part < 8; part++) yield Buffer.from(bytes.subarray(0, Math.floor((bytes.length * part) / 8)));
  for (let round = 0; round < 40; round++) {
    const copy = Buffer.from(bytes);
    for (let flip = 0; flip < 1 + (round % 30); flip++) copy[number() % copy.length] = random();
    // Fields that matter are at the starts of pages.
    if (round % 2 === 0) copy[(number() % Math.ceil(copy.length / 4096)) * 4096 + (random() % 64)] = random();
    yield copy;
  }
}

/** The same bytes in every run. */
function randomBytes(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
}

function checkProblems(problems: readonly Problem[]): void {
  for (const { code, message, subject } of problems) {
    assert.match(code, /^[a-z]+(-[a-z]+)+$/);
    assert.match(message, /^\p{L}.{20,}[^.]\.$/su);
    assert.ok(subject);
  }
  assert.ok(problems.length < 50, 'problems of one kind are counted, not repeated');
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
