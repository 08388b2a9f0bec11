import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { cacheDirectory } from './cache-directory.ts';
import { removeLeastUsed } from './eviction.ts';
import { openLayerCache } from './layer-cache.ts';
import type { LayerReport } from './layer-report.ts';
import { packReport } from './packed-report.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-cache-'));
after(() => rmSync(directory, { recursive: true }));

const report: LayerReport = {
  changes: [{ kind: 'file', path: 'a', read: { r: 'x' } }],
  entries: 1,
  bytes: 2,
  problems: [],
};
const packed = packReport(JSON.stringify(report));
const newDirectory = () => mkdtempSync(join(directory, 'cache-'));
const filesIn = (path: string) => readdirSync(join(path, 'layers')).map((name) => join(path, 'layers', name));

test('what was put is got, and only under its key', () => {
  const path = newDirectory();
  openLayerCache(path).put('key', packed);
  assert.deepEqual(openLayerCache(path).get('key'), report);
  assert.equal(openLayerCache(path).get('other'), undefined);
  assert.deepEqual(
    filesIn(path).map((name) => statSync(name).mode & 0o777),
    [0o600],
  );
  assert.equal(statSync(join(path, 'layers')).mode & 0o777, 0o700);
});

test('a verified file is remembered with its digest', () => {
  const cache = openLayerCache(newDirectory());
  cache.markVerified('identity', 'sha256:1');
  assert.equal(cache.isVerified('identity', 'sha256:1'), true);
  assert.equal(cache.isVerified('identity', 'sha256:2'), false);
  assert.equal(cache.isVerified('other', 'sha256:1'), false);
});

describe('damaged files are misses', () => {
  const damages: readonly (readonly [string, (bytes: Buffer) => Uint8Array])[] = [
    ['cut', (bytes) => bytes.subarray(0, -1)],
    ['empty', () => new Uint8Array(0)],
    ['a flipped bit', (bytes) => bytes.map((byte, index) => (index === bytes.length - 5 ? byte ^ 1 : byte))],
    ['something else', () => Buffer.from('something else altogether')],
    ['another report than its sum', (bytes) => Buffer.concat([bytes.subarray(0, 49), packReport('{}').subarray(49)])],
    ['not a report', () => packReport('{"changes":1}')],
  ];
  for (const [title, damage] of damages) {
    test(title, () => {
      const path = newDirectory();
      openLayerCache(path).put('key', packed);
      const [name = ''] = filesIn(path);
      writeFileSync(name, damage(readFileSync(name)));
      assert.equal(openLayerCache(path).get('key'), undefined);
      openLayerCache(path).put('key', packed);
      assert.deepEqual(openLayerCache(path).get('key'), report);
    });
  }
});

test('a directory that others may write into is not used', () => {
  const path = newDirectory();
  openLayerCache(path).put('key', packed);
  chmodSync(join(path, 'layers'), 0o777);
  assert.equal(openLayerCache(path).get('key'), undefined);
  openLayerCache(path).put('second', packed);
  assert.equal(filesIn(path).length, 1);
});

test('a place where nothing can be written is no error', () => {
  const file = join(directory, 'file');
  writeFileSync(file, '');
  const cache = openLayerCache(file);
  cache.put('key', packed);
  assert.equal(cache.get('key'), undefined);
});

describe('eviction', () => {
  const fill = (path: string, count: number) => {
    for (let index = 0; index < count; index++) {
      writeFileSync(join(path, `${index}.report`), Buffer.alloc(10_000));
      utimesSync(join(path, `${index}.report`), 1000 + index, 1000 + index);
    }
  };
  test('removes what was not used for longest', () => {
    const path = newDirectory();
    fill(path, 10);
    removeLeastUsed(path, 100_000);
    const left = readdirSync(path)
      .map((name) => Number.parseInt(name, 10))
      .sort((a, b) => a - b);
    assert.ok(left.length < 10 && left.length > 2);
    assert.deepEqual(
      left,
      Array.from({ length: left.length }, (_, index) => 10 - left.length + index),
    );
  });
  test('removes what crashed processes left, not what is being written', () => {
    const path = newDirectory();
    writeFileSync(join(path, 'old.tmp'), '');
    utimesSync(join(path, 'old.tmp'), 1, 1);
    writeFileSync(join(path, 'new.tmp'), '');
    removeLeastUsed(path, 1e9);
    assert.deepEqual(readdirSync(path), ['new.tmp']);
  });
  test('use keeps a report young', () => {
    const path = newDirectory();
    const cache = openLayerCache(path);
    cache.put('key', packed);
    const [name = ''] = filesIn(path);
    utimesSync(name, 1000, 1000);
    cache.get('key');
    assert.ok(statSync(name).mtimeMs > 1e12);
  });
  test('the cache keeps to its size', () => {
    const path = newDirectory();
    const cache = openLayerCache(path, { maxBytes: 200_000 });
    const large = packReport(
      JSON.stringify({
        ...report,
        filler: Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * 7919) & 0xff)).toString('base64'),
      }),
    );
    for (let index = 0; index < 100; index++) cache.put(`key ${index}`, large);
    const total = filesIn(path).reduce((sum, name) => sum + statSync(name).blocks * 512, 0);
    assert.ok(total <= 220_000, `${total}`);
  });
});

test('many processes write, read and evict at once, and nobody sees half a report', { timeout: 120_000 }, async () => {
  const path = newDirectory();
  const script = `
    import { openLayerCache } from ${JSON.stringify(import.meta.resolve('./layer-cache.ts'))};
    import { packReport } from ${JSON.stringify(import.meta.resolve('./packed-report.ts'))};
    let seen = 0;
    for (let round = 0; round < 150; round++) {
      const cache = openLayerCache(${JSON.stringify(path)}, { maxBytes: 60_000 });
      const key = 'key ' + (round % 20);
      const found = cache.get(key);
      if (found && (found.entries !== round % 20 || found.changes.length !== 300)) throw new Error('half a report');
      if (found) seen++;
      const changes = Array.from({ length: 300 }, (_, index) => ({ kind: 'file', path: 'p' + Math.random() }));
      cache.put(key, packReport(JSON.stringify({ changes, entries: round % 20, bytes: 0, problems: [] })));
    }
    console.log(seen);
  `;
  const run = async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    const [code] = await once(child, 'close');
    assert.equal(code, 0);
    return Number(output);
  };
  const seen = await Promise.all([run(), run(), run(), run()]);
  assert.ok(seen.some((count) => count > 0));
  assert.ok(filesIn(path).every((name) => !name.endsWith('.tmp')));
});

test('where the cache lies', () => {
  const cases: readonly (readonly [Record<string, string>, string])[] = [
    [{ PLIMSOLL_CACHE_DIR: '/c', XDG_CACHE_HOME: '/x', HOME: '/h' }, '/c'],
    [{ XDG_CACHE_HOME: '/x', HOME: '/h' }, '/x/plimsoll'],
    [{ XDG_CACHE_HOME: '', HOME: '/h' }, '/h/.cache/plimsoll'],
  ];
  for (const [environment, expected] of cases) assert.equal(cacheDirectory(environment), expected);
});
