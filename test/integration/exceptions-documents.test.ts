import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { exceptionStates } from '#policy/exceptions/exception.ts';
import { exceptionKinds, exceptionMembers, justifications } from '#policy/exceptions/formats/plimsoll.ts';
import { parseExceptions } from '#policy/index.ts';

const read = (name: string): string => readFileSync(new URL(`../../docs/reference/${name}`, import.meta.url), 'utf8');
const schema = JSON.parse(read('exceptions.schema.json'));
const page = read('exceptions.md');
const isValid = new Ajv({ strict: false }).compile(schema);

test('the schema and the page name what the program knows', () => {
  const { properties } = schema.$defs.exception;
  assert.deepEqual(Object.keys(properties).sort(), [...exceptionMembers].sort());
  assert.deepEqual(properties.state.enum, [...exceptionStates]);
  assert.deepEqual(properties.kind.enum, [...exceptionKinds]);
  assert.deepEqual(properties.justification.enum, [...justifications]);
  for (const member of exceptionMembers) assert.ok(page.includes(`\`${member}\``), member);
});

test('the examples of the page are valid', () => {
  const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);
  assert.equal(examples.length, 1);
  for (const example of examples) {
    const { exceptions, problems } = parseExceptions(example, 'exceptions.yaml');
    assert.deepEqual([exceptions.length, problems], [4, []]);
    assert.ok(isValid(parse(example)), JSON.stringify(isValid.errors));
  }
});

describe('the schema and the program agree', () => {
  for (const entry of [
    '{id: CVE-1, reason: r, expires: 2027-01-01}',
    '{id: [CVE-1, CVE-2], reason: r, until-fix: true}',
    '{id: CVE-1, reason: r}',
    '{id: CVE-1, reason: r, until-fix: false}',
    '{reason: r, expires: 2027-01-01}',
    '{id: CVE-1, expires: 2027-01-01}',
    '{id: CVE-1, reason: r, expires: tomorrow}',
    '{id: CVE-1, reason: r, expires: 2027-01-01, extra: 1}',
    '{id: CVE-1, reason: r, expires: 2027-01-01, justification: component_not_present}',
    '{id: CVE-1, reason: r, expires: 2027-01-01, state: not-affected, justification: component_not_present}',
    '{id: CVE-1, reason: r, expires: 2027-01-01, state: open}',
    '{path: [], reason: r, expires: 2027-01-01}',
    'CVE-1',
  ]) {
    test(entry, () => {
      const text = `exceptions:\n  - ${entry}\n`;
      assert.equal(isValid(parse(text)), parseExceptions(text, 'e.yaml').problems.length === 0);
    });
  }
});
