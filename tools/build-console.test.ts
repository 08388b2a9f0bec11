import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { buildConsole } from './build-console.ts';

const root = join(import.meta.dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-test-console-'));
const [one, other] = [join(work, 'one'), join(work, 'other')];
after(() => rmSync(work, { recursive: true }));
before(async () => {
  await buildConsole(root, one);
  await buildConsole(root, other);
});

/** What a browser loads before the first screen can be used, over the wire. */
const FIRST_ROUTE_BYTES = 250_000;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

function manifest(): ReadonlyMap<string, Chunk> {
  const text = readFileSync(join(one, '.vite/manifest.json'), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, Chunk>));
}

/** A chunk and all that it cannot run without. */
function needed(chunks: ReadonlyMap<string, Chunk>, name: string, files = new Set<string>()): Set<string> {
  const chunk = chunks.get(name);
  assert.ok(chunk, name);
  if (files.has(chunk.file)) return files;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
  for (const imported of chunk.imports ?? []) needed(chunks, imported, files);
  return files;
}

test('the first route has 250 kB at most', (t) => {
  const chunks = manifest();
  const entry = [...chunks].find(([, { isEntry }]) => isEntry)?.[0] ?? '';
  for (const screen of ['inbox', 'findings']) {
    const files = new Set(
      [entry, 'src/shell/shell.tsx', `src/screens/${screen}/${screen}.tsx`].flatMap((name) => [
        ...needed(chunks, name),
      ]),
    );
    const bytes = [...files].reduce((sum, file) => sum + wireSize(file), 0);
    t.diagnostic(`${screen}: ${(bytes / 1000).toFixed(0)} kB in ${files.size} files`);
    assert.ok(bytes <= FIRST_ROUTE_BYTES, `${screen} needs ${bytes} bytes of gzip`);
  }
});

function wireSize(file: string): number {
  const path = join(one, file);
  return statSync(statSync(path).size < 1024 ? path : `${path}.gz`).size;
}

test('the same sources give the same bytes', () => {
  assert.deepEqual(digests(one), digests(other));
});

function digests(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((name) => statSync(join(directory, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(directory, name)))
        .digest('hex'),
    ]),
  );
}

test('compressed twins say the same', () => {
  const files = readdirSync(join(one, 'assets')).filter((name) => /\.(?:js|css)$/.test(name));
  assert.ok(files.some((name) => name.endsWith('.css')));
  for (const name of files) {
    const path = join(one, 'assets', name);
    const plain = readFileSync(path);
    if (plain.length < 1024) continue;
    assert.ok(gunzipSync(readFileSync(`${path}.gz`)).equals(plain), name);
    assert.ok(brotliDecompressSync(readFileSync(`${path}.br`)).equals(plain), name);
  }
});

test('pages bring no script or style of their own, and nothing from elsewhere', () => {
  const page = readFileSync(join(one, 'index.html'), 'utf8');
  assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|javascript:/i);
  for (const [script] of page.matchAll(/<script[^>]*>[^<]*<\/script>/g)) assert.match(script, /src="\/[^"/]/);
  for (const [, address] of page.matchAll(/(?:src|href)="([^"]+)"/g)) assert.match(address ?? '', /^\/[^/]/);
});
