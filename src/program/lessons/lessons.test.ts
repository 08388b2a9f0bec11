import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checks } from '#checks/index.ts';
import { parseLesson, teaches } from './lesson.ts';
import { lessons } from './load.ts';

const all = await lessons();

test('every lesson is tied to something that there is, and has a quiz whose answers differ', () => {
  assert.ok(all.length >= 10);
  const rules = checks.map(({ id }) => id);
  for (const lesson of all) {
    assert.match(lesson.id, /^[a-z0-9-]+$/);
    assert.ok(
      lesson.body.length > 300 && lesson.body.length < 4000,
      `${lesson.id} has ${lesson.body.length} characters`,
    );
    assert.ok(lesson.controls.length > 0, lesson.id);
    for (const pattern of lesson.rules) {
      const one = { ...lesson, kinds: [], rules: [pattern] };
      assert.ok(
        rules.some((rule) => teaches(one, 'misconfiguration', rule)),
        `${lesson.id}: no check is called ${pattern}`,
      );
    }
    for (const { question, answers } of lesson.quiz) assert.equal(new Set(answers).size, answers.length, question);
  }
  assert.equal(new Set(all.map(({ title }) => title)).size, all.length);
});

test('what a lesson is about', () => {
  const [lesson] = all;
  assert.ok(lesson);
  const about = { ...lesson, kinds: ['secret'], rules: ['a-*', 'b', 'c-*-d'] };
  const cases: readonly [kind: string, rule: string, is: boolean][] = [
    ['secret', 'anything', true],
    ['misconfiguration', 'a-', true],
    ['misconfiguration', 'a-x', true],
    ['misconfiguration', 'b', true],
    ['misconfiguration', 'bb', false],
    ['misconfiguration', 'c-x-d', true],
    ['misconfiguration', 'c-d', false],
    ['misconfiguration', 'xa-', false],
  ];
  for (const [kind, rule, is] of cases) assert.equal(teaches(about, kind, rule), is, rule);
});

test('what is no lesson says why', () => {
  const cases: readonly [text: string, message: RegExp][] = [
    ['no head', /begins with a head/],
    ['---\ntitle: [\n---\nbody', /x: /],
    ['---\ntitle: a\n---\nbody', /minutes/],
  ];
  for (const [text, message] of cases) {
    const read = parseLesson('x', text);
    assert.match(read.ok ? '' : read.error, message);
  }
});
