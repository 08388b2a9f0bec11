import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Framework } from '../framework.ts';
import { cisDocker } from './cis-docker/index.ts';
import { cisKubernetes } from './cis-kubernetes/index.ts';
import { iso27001 } from './iso-27001/index.ts';
import { soc2 } from './soc-2/index.ts';

/** How many clauses each section of the publication has: all of them are here, and numbered without a gap. */
const sections: readonly (readonly [Framework, readonly (readonly [section: string, clauses: number])[]])[] = [
  [
    cisDocker,
    [
      ['1.1', 18],
      ['1.2', 2],
      ['2', 18],
      ['3', 24],
      ['4', 12],
      ['5', 32],
      ['6', 2],
      ['7', 9],
    ],
  ],
  [
    cisKubernetes,
    [
      ['1.1', 21],
      ['1.2', 30],
      ['1.3', 7],
      ['1.4', 2],
      ['2', 7],
      ['3.1', 3],
      ['3.2', 2],
      ['4.1', 10],
      ['4.2', 14],
      ['4.3', 1],
      ['5.1', 13],
      ['5.2', 12],
      ['5.3', 2],
      ['5.4', 2],
      ['5.5', 1],
      ['5.6', 4],
    ],
  ],
  [
    iso27001,
    [
      ['A.5', 37],
      ['A.6', 8],
      ['A.7', 14],
      ['A.8', 34],
    ],
  ],
  [
    soc2,
    [
      ['CC5', 3],
      ['CC6', 8],
      ['CC7', 5],
      ['CC8', 1],
      ['CC9', 2],
      ['A1', 3],
      ['C1', 2],
    ],
  ],
];

describe('publications that are here whole', () => {
  for (const [{ id, clauses }, counts] of sections)
    test(id, () => {
      const numbers = counts.flatMap(([section, count]) =>
        Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
      );
      assert.deepEqual(
        clauses.map((clause) => clause.id),
        numbers,
      );
    });
});
