import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { packedPolicies, policyPacks } from '../packs/index.ts';
import { testPolicies } from './index.ts';

describe('every policy that we bring does with its examples what they are called for', () => {
  for (const pack of policyPacks)
    test(pack.id, async () => {
      const tests = await testPolicies([pack.id]);
      assert.ok(tests.ok);
      const wrong = tests.value.flatMap(({ id, faults, examples }) => [
        ...faults.map((fault) => `${id}: ${fault}`),
        ...examples.flatMap(({ example, fault }) => (fault === undefined ? [] : [`${id}: ${example} ${fault}`])),
      ]);
      assert.deepEqual(wrong, []);
      assert.equal(tests.value.length, (await packedPolicies(pack)).length);
    });
});
