import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { selectsLabels } from './label-selector.ts';

describe('a label selector', () => {
  const labels = { app: 'web', tier: 'front' };
  const expression = (key: string, operator: string, ...values: string[]) => ({
    matchExpressions: [{ key, operator, values }],
  });
  const table: readonly [what: string, selector: unknown, isSelected: boolean][] = [
    ['an empty one', {}, true],
    ['one with empty parts', { matchLabels: {}, matchExpressions: [] }, true],
    ['one with parts of null', { matchLabels: null, matchExpressions: null }, true],
    ['none', undefined, false],
    ['null', null, false],
    ['a list', [], false],
    ['a label', { matchLabels: { app: 'web' } }, true],
    ['another value', { matchLabels: { app: 'api' } }, false],
    ['a name that all objects have', { matchLabels: { constructor: 'web' } }, false],
    ['In', expression('app', 'In', 'api', 'web'), true],
    ['In, another', expression('app', 'In', 'api'), false],
    ['In, without the label', expression('zone', 'In', 'a'), false],
    ['NotIn', expression('app', 'NotIn', 'web'), false],
    ['NotIn, without the label', expression('zone', 'NotIn', 'a'), true],
    ['Exists', expression('app', 'Exists'), true],
    ['Exists, without', expression('zone', 'Exists'), false],
    ['DoesNotExist', expression('zone', 'DoesNotExist'), true],
    ['an operator that there is not', expression('app', 'Like', 'web'), false],
    ['both parts', { matchLabels: { app: 'web' }, ...expression('tier', 'In', 'back') }, false],
  ];
  for (const [what, selector, isSelected] of table)
    test(what, () => assert.equal(selectsLabels(selector, labels), isSelected));
});
