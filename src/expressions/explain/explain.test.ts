import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ExplainOptions, explainExpression, valueOfJson } from '../index.ts';

const variables = new Map([
  [
    'object',
    valueOfJson({
      spec: {
        severity: 'critical',
        open: true,
        containers: [
          { name: 'web', image: 'nginx:latest' },
          { name: 'side', image: 'x@sha256:1', rights: { privileged: true }, value: 'swordfish', args: ['a'] },
        ],
      },
    }),
  ],
  ['variables', valueOfJson({ isMild: false })],
]);
const definitions = new Map([
  ['isMild', "object.spec.severity != 'critical'"],
  ['offending', "object.spec.containers.filter(c, c.image.endsWith(':latest'))"],
]);

/** An expression that is not true, the comparisons that decided with their values, and what would change it. */
const cases: readonly (readonly [name: string, source: string, decided: readonly string[], change: string])[] = [
  [
    'negated and',
    "!(object.spec.open && object.spec.severity == 'critical')",
    [
      'object.spec.open: object.spec.open = true',
      "object.spec.severity == 'critical': object.spec.severity = 'critical'",
    ],
    "object.spec.open is false or object.spec.severity is not 'critical'",
  ],
  [
    'only what is false of an and',
    "object.spec.open && object.spec.severity == 'low'",
    ["object.spec.severity == 'low': object.spec.severity = 'critical'"],
    "object.spec.severity is 'low'",
  ],
  [
    'every operand of an or',
    "object.spec.severity in ['low'] || !object.spec.open",
    ["object.spec.severity in ['low']: object.spec.severity = 'critical'", 'object.spec.open: object.spec.open = true'],
    "object.spec.severity is among ['low'] or object.spec.open is false",
  ],
  [
    'the test where a branch is a literal',
    "object.spec.severity == 'critical' ? false : true",
    ["object.spec.severity == 'critical': object.spec.severity = 'critical'"],
    "object.spec.severity is not 'critical'",
  ],
  [
    'the branch that was taken',
    "object.spec.open ? object.spec.severity == 'low' : true",
    ["object.spec.severity == 'low': object.spec.severity = 'critical'"],
    "object.spec.severity is 'low'",
  ],
  [
    'the item that all() stumbles over',
    "object.spec.containers.all(c, !c.image.endsWith(':latest'))",
    ["c.image.endsWith(':latest') (c is object.spec.containers[0] 'web'): c.image = 'nginx:latest'"],
    "c.image.endsWith(':latest') is false",
  ],
  [
    'an optional field',
    'object.spec.containers.all(c, !c.?rights.?privileged.orValue(false))',
    ["c.?rights.?privileged.orValue(false) (c is object.spec.containers[1] 'side'): c.?rights.?privileged = true"],
    'c.?rights.?privileged.orValue(false) is false',
  ],
  [
    'all items where exists() finds none',
    "object.spec.containers.exists(c, c.name == 'd')",
    [
      "c.name == 'd' (c is object.spec.containers[0] 'web'): c.name = 'web'",
      "c.name == 'd' (c is object.spec.containers[1] 'side'): c.name = 'side'",
    ],
    "c.name is 'd'",
  ],
  ['has()', 'has(object.spec.owner)', ['has(object.spec.owner):'], 'object.spec.owner is set'],
  [
    'a size',
    'size(object.spec.containers) <= 1',
    ['size(object.spec.containers) <= 1: size(object.spec.containers) = 2, object.spec.containers = a list of 2'],
    'size(object.spec.containers) is at most 1',
  ],
  [
    'through a definition',
    'variables.isMild',
    ["object.spec.severity != 'critical' in variables.isMild: object.spec.severity = 'critical'"],
    "object.spec.severity is not 'critical'",
  ],
  [
    'the items of a filter that ought to be empty',
    "size(object.spec.containers.filter(c, c.image.endsWith(':latest'))) == 0",
    ["c.image.endsWith(':latest') (c is object.spec.containers[0] 'web'): c.image = 'nginx:latest'"],
    "c.image.endsWith(':latest') is false",
  ],
  [
    'the same through a definition',
    'variables.offending.size() == 0',
    [
      "c.image.endsWith(':latest') (c is object.spec.containers[0] 'web') in variables.offending: c.image = 'nginx:latest'",
    ],
    "c.image.endsWith(':latest') is false",
  ],
  [
    'an error',
    'object.spec.score > 3',
    ['object.spec.score > 3: no such key: score'],
    'object.spec.score is more than 3',
  ],
];

describe('why an expression is not true', () => {
  for (const [name, source, decided, change] of cases)
    test(name, () => {
      const explanation = explain(source, { definitions });
      assert.deepEqual(explanation.causes, decided);
      assert.equal(explanation.change, change);
    });
});

function explain(source: string, options: ExplainOptions) {
  const { causes, change } = explainExpression(source, variables, options);
  const described = causes.map(({ expression, facts, within, definition, error }) => {
    const where = within.length > 0 ? ` (${within.join(', ')})` : '';
    const of = definition === undefined ? '' : ` in ${definition}`;
    const values = facts.map((fact) => `${fact.expression} = ${fact.value}`).join(', ');
    return `${expression}${where}${of}: ${error ?? values}`.trimEnd();
  });
  return { causes: described, change };
}

describe('what may be a secret is not shown', () => {
  const secret = valueOfJson({ data: { key: 'swordfish' }, env: [{ name: 'A', value: 'swordfish' }] });
  const confidential = new Map([
    ['object', secret],
    ['variables', valueOfJson({ first: ['swordfish'], second: ['swordfish'] })],
  ]);
  const kept = new Map([
    ['first', 'object.env.map(e, e.value)'],
    ['second', 'variables.first'],
  ]);
  for (const source of [
    "object.data.key == ''",
    "object['data'].key == ''",
    "object.data.all(k, v, v == '')",
    "object.env.all(e, e.value == '')",
    "object.env.all(e, e.?value.orValue('') == '')",
    'object.env.map(e, e.value) == []',
    "object.data.key + 'x' == ''",
    "[object.data.key].all(v, v == '')",
    'variables.second == []',
    "variables.second.all(v, v == '')",
    "object.?data.orValue({}).all(k, v, v == '')",
  ])
    test(source, () => {
      const { causes, change } = explainExpression(source, confidential, { definitions: kept });
      assert.ok(causes.length > 0);
      assert.doesNotMatch(JSON.stringify([causes, change]), /swordfish/);
    });
});

test('places are those of the text', () => {
  const { causes } = explainExpression("object.spec.open &&\n  object.spec.severity == 'low'", variables);
  assert.deepEqual(
    causes.map(({ line, column }) => [line, column]),
    [[2, 3]],
  );
});

test('what costs too much is explained as far as it went, and no text is an error', () => {
  const many = 'object.spec.containers.all(a, object.spec.containers.all(b, a.name == b.name))';
  assert.equal(explainExpression(many, variables, { maxCost: 3 }).change, '');
  assert.deepEqual(explainExpression('((', variables), { causes: [], change: '' });
});
