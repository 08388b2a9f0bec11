import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sumOf } from './layers.ts';

test('what the base brought and what is one’s own are summed apart', () => {
  const layers = [
    { part: 'base', packages: 80, findings: 30 },
    { part: 'base', packages: 10, findings: 0 },
    { part: 'own', packages: 25, findings: 12 },
    { part: 'unknown', packages: 1, findings: 1 },
  ];
  assert.deepEqual(sumOf(layers, 'base'), { packages: 90, findings: 30 });
  assert.deepEqual(sumOf(layers, 'own'), { packages: 25, findings: 12 });
});
