import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesOf } from './layout.ts';

test('nothing stands on something else, whatever the numbers', () => {
  for (const counts of [[1], [3, 1], [40, 5, 200, 1, 1], Array.from({ length: 60 }, (_, index) => index)]) {
    const all = placesOf(counts).flatMap(({ workloads }) => workloads);
    assert.equal(
      all.length,
      counts.reduce((sum, count) => sum + count, 0),
    );
    for (const [index, one] of all.entries())
      for (const other of all.slice(index + 1, index + 400))
        assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 0.3, counts.join());
  }
});

test('without namespaces there is nothing', () => assert.deepEqual(placesOf([]), []));
