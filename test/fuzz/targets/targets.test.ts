import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputMaker } from '../engine/inputs.ts';
import type { FuzzTarget } from '../target.ts';
import { targets } from './index.ts';

const all: readonly FuzzTarget[] = targets;

test('every target of every file is registered under a name of its own', () => {
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  const here = new URL('.', import.meta.url);
  const files = readdirSync(here).filter((name) => name !== 'index.ts' && !name.endsWith('.test.ts'));
  const declared = files.flatMap((name) =>
    [...readFileSync(new URL(name, here), 'utf8').matchAll(/^export const (\w+): FuzzTarget/gm)].map(
      (match) => match[1],
    ),
  );
  const [, registry = ''] = readFileSync(new URL('index.ts', here), 'utf8').split('export const targets');
  const registered = registry.match(/^ {2}\w+(?=,$)/gm) ?? [];
  assert.deepEqual(registered.map((name) => name.trim()).sort(), declared.sort());
  for (const { id, title } of all) {
    assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.ok(title.length >= 8, id);
  }
});

test('seeds and the inputs that are made of them are the same every time', async () => {
  for (const target of all) {
    const [first, second] = [await inputMaker(target, 5), await inputMaker(target, 5)];
    for (const iteration of [0, 1, 100, 101]) {
      assert.ok(first(iteration).equals(second(iteration)), `${target.id} ${iteration}`);
      assert.ok(first(iteration).length <= (target.maxBytes ?? Number.POSITIVE_INFINITY), target.id);
    }
    assert.ok(!first(500).equals(first(501)) || !first(502).equals(first(503)), target.id);
  }
});
