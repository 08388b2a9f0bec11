import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import publication from '../../content/standards/nist-800-53r5.json' with { type: 'json' };
import {
  type Clause,
  type Control,
  controlFamilies,
  controls,
  type Evidence,
  type Framework,
  frameworks,
} from './index.ts';

const anchorIds = publication.controls.map(({ id }) => id);
const controlIds = new Set(controls.map(({ id }) => id));

describe('the catalogue of controls', () => {
  test('ids and titles are of one control each', () => {
    assert.deepEqual(repeated(controls.map(({ id }) => id)), []);
    assert.deepEqual(repeated(controls.map(({ family, title }) => `${family}: ${title}`)), []);
  });

  test('families stand together, in their order', () => {
    const order = controls.map(({ family }) => controlFamilies.indexOf(family));
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(order).size, controlFamilies.length);
  });

  test('anchors are controls of the publication, and all that stand there are anchors', () => {
    const used = new Set(controls.flatMap(({ anchors }) => anchors));
    assert.deepEqual([...used].sort(), anchorIds.toSorted());
  });

  for (const control of controls)
    test(control.id, () => {
      describesItself(control);
      for (const evidence of control.evidence) assert.deepEqual(emptyWords(evidence), []);
      assert.ok(control.evidence.length > 0, 'something can judge it');
    });
});

function describesItself({ id, family, title, anchors, why, attack, remedy }: Control): void {
  assert.ok(id.startsWith(`PLM-${family.toUpperCase()}-`), 'the id begins with the family');
  assert.match(id, /^PLM-[A-Z0-9]+(?:-[A-Z0-9]+)+$/);
  assert.match(title, /^[A-Z].{10,100}[^.\s]$/, 'the title is one line without a full stop');
  for (const text of [why, attack, remedy]) assert.match(text, /^\S.{10,400}[.`]$/, 'whole sentences');
  assert.ok(anchors.length > 0);
  assert.deepEqual(repeated(anchors), []);
}

function emptyWords(evidence: Evidence): string[] {
  switch (evidence.by) {
    case 'checks':
      return evidence.checks.length > 0 ? repeated(evidence.checks) : ['no checks'];
    case 'findings':
      return [];
    case 'outside':
      return /^[A-Z].{15,}\.$/.test(evidence.what) ? [] : [evidence.what];
    case 'statement':
      return /^[A-Z].{15,}\?$/.test(evidence.ask) ? [] : [evidence.ask];
  }
}

describe('every framework', () => {
  test('has an id of its own', () => {
    assert.deepEqual(repeated(frameworks.map(({ id }) => id)), []);
  });

  for (const framework of frameworks)
    test(framework.id, () => {
      presentsItself(framework);
      const { clauses } = framework;
      assert.deepEqual(repeated(clauses.map(({ id }) => id)), []);
      assert.deepEqual(brokenSections(clauses), [], 'clauses under a heading stand together');
      assert.deepEqual(outOfOrder(clauses), [], 'clauses are in the order of their numbers');
      for (const clause of clauses) assert.deepEqual(faultsOf(clause), [], clause.id);
    });
});

function presentsItself({ id, title, publisher, version, references, clauses }: Framework): void {
  assert.match(id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  for (const text of [title, publisher, version]) assert.match(text, /\S/);
  assert.ok(references.length > 0 && references.every((reference) => URL.canParse(reference)));
  assert.ok(clauses.length > 0);
}

function faultsOf({ title, text, section, mappings, unmapped }: Clause): string[] {
  const named = mappings.map(({ control }) => control);
  return [
    ...[title, text, section].filter((words) => words.trim() === '').map(() => 'empty text'),
    ...named.filter((control) => !controlIds.has(control)).map((control) => `${control} is no control`),
    ...repeated(named).map((control) => `${control} twice`),
    ...mappings.filter(({ source }) => source === '').map(({ control }) => `nobody says so of ${control}`),
    ...(mappings.length === 0 && !unmapped ? ['neither controls nor a reason'] : []),
    ...(mappings.length > 0 && unmapped ? ['a reason for having no controls, and controls'] : []),
  ];
}

function brokenSections(clauses: readonly Clause[]): string[] {
  const headings = clauses.map(({ section }) => section).filter((section, index, all) => section !== all[index - 1]);
  return repeated(headings);
}

/** Only where all numbers are of the kind 1.2.3. */
function outOfOrder(clauses: readonly Clause[]): string[] {
  const numbers = clauses.map(({ id }) => id);
  if (!numbers.every((id) => /^\d+(?:\.\d+)*$/.test(id))) return [];
  return numbers.filter((id, index) => index > 0 && compareNumbers(numbers[index - 1] ?? '', id) >= 0);
}

function compareNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
