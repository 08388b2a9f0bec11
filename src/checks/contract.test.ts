import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exampleSubject } from '../../test/kit/check-subjects.ts';
import { applyEdits } from '../../test/kit/text-edits.ts';
import type { Check, CheckHit } from './check.ts';
import { checks } from './registry.ts';

describe('every check', () => {
  test('has an id of its own', () => {
    assert.deepEqual(repeated(checks.map(({ id }) => id)), []);
  });

  for (const check of checks) {
    test(check.id, () => {
      describesItself(check);
      const { pass, fail } = check.examples;
      assert.ok(pass.length > 0 && fail.length > 0, 'it has examples that pass and that fail');
      for (const example of pass) assert.deepEqual(hitsOf(check, example), [], `passes:\n${example}`);
      for (const example of fail) fails(check, example);
    });
  }
});

function describesItself({ id, subject, title, rationale, remediation, references, controls, aliases = [] }: Check) {
  assert.match(id, /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/);
  assert.ok(id.startsWith(`${subject}-`), 'the id begins with its subject');
  assert.match(title, /^\S.{8,98}[^.\s]$/, 'the title is one line without a full stop');
  for (const text of [rationale, remediation]) assert.match(text, /^\S.{15,600}[.`]$/, 'whole sentences');
  assert.ok(references.length > 0);
  for (const reference of references) assert.ok(URL.canParse(reference), reference);
  assert.ok(controls.length > 0);
  for (const control of controls) assert.match(control, /^(?:[A-Z]{2}-\d{1,2}(?:\(\d{1,2}\))?|PLM-[A-Z0-9-]+)$/);
  assert.deepEqual(repeated([id, ...aliases]), []);
}

/** A failing example fails in a place that exists, and each fix leads to a text that no longer fails there. */
function fails(check: Check, example: string): void {
  const hits = hitsOf(check, example);
  assert.ok(hits.length > 0, `fails:\n${example}`);
  for (const { message, position, fix } of hits) {
    assert.match(message, /^\S.{3,}$/);
    assert.ok(position.line >= 1 && position.column >= 1, 'positions begin at 1');
    if (!fix) continue;
    const mended = applyEdits(example, fix);
    assert.ok(hitsOf(check, mended).length < hits.length, `the fix mends it:\n${mended}`);
  }
}

function hitsOf(check: Check, example: string): CheckHit[] {
  const outcome = check.evaluate(exampleSubject(check.subject, example));
  assert.ok(!('notAssessed' in outcome), `has the evidence that it needs:\n${example}`);
  return 'notApplicable' in outcome ? [] : [...outcome];
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
