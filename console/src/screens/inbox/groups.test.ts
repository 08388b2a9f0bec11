import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingLanguage, parseFilter } from '../../../../src/filter/index.ts';
import { audienceTerm, inboxGroups } from './groups.ts';
import { audiences, readInboxSearch } from './search.ts';

test('every group is a filter that the server reads', () => {
  for (const audience of audiences)
    for (const teams of [[], ['Shop'], ['Shop', 'Old, "big" team']])
      for (const { filter } of inboxGroups(audience, teams)) {
        const read = parseFilter(filter, findingLanguage, new Date('2026-11-24T12:00:00Z'));
        assert.ok(read.ok, `${filter}: ${read.ok ? '' : read.error.message}`);
      }
});

test('whose work is shown narrows the filter', () => {
  assert.equal(audienceTerm('mine', ['Shop']), 'assignee:me');
  assert.equal(audienceTerm('teams', ['Shop', 'Old shop']), 'team:Shop,"Old shop"');
  assert.equal(audienceTerm('all', ['Shop']), '');
  assert.deepEqual(readInboxSearch({ of: 'everybody' }), {});
});
