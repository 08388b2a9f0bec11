import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFault, ownRules, readAbout, readRuleSet, testRules } from '../index.ts';

const texts = await ownRules();
const set = readRuleSet(texts);
const all = [...set.loaded.rules, ...set.loaded.sequences];

test('the rules that come with the program have neither errors nor warnings', () => {
  assert.deepEqual(set.faults.map(describeFault), []);
  assert.ok(all.length >= 80, `${all.length} rules`);
});

test('every rule says its technique, why it is there, what else may cause it and what to do', () => {
  for (const { name, about: node, output, description } of all) {
    const about = readAbout(node);
    assert.ok(about.ok, `${name}: ${about.ok ? '' : about.error}`);
    const { attack, why, legitimate, respond, examples } = about.value;
    assert.ok(attack.length > 0, `${name}: no technique`);
    for (const [key, text] of Object.entries({ why, legitimate, respond, description }))
      assert.match(text, /\.$/, `${name}: ${key}`);
    assert.match(output.text, /%(?:proc\.cmdline|ka\.user\.name)/, `${name}: its output does not say who`);
    assert.ok(
      examples.some(({ fires }) => fires) && examples.some(({ fires }) => !fires),
      `${name}: examples of both kinds`,
    );
  }
});

test('every example comes out as it is called', () => {
  const tests = testRules(set);
  const wrong = tests.flatMap(({ rule, examples, fault }) => [
    ...(fault === undefined ? [] : [`${rule}: ${fault}`]),
    ...examples.flatMap((one) => (one.fault === undefined ? [] : [`${rule}: ${one.title}: ${one.fault}`])),
  ]);
  assert.deepEqual(wrong, []);
  assert.ok(tests.flatMap(({ examples }) => examples).length > 200);
});

test('names are told apart from those of other rules', () => {
  const macros = [...set.loaded.macros.keys(), ...set.loaded.lists.keys()];
  assert.deepEqual(
    macros.filter((name) => !name.startsWith('plimsoll_')),
    [],
  );
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
});
