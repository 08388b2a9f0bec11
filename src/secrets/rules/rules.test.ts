import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inputFile } from '../../../test/kit/input-file.ts';
import { fillTemplate } from '../../../test/kit/secret-examples.ts';
import { checks } from '../evidence/index.ts';
import { checkPattern } from '../pattern/index.ts';
import { secretReader } from '../reader.ts';
import { DEFAULT_SPAN } from './compile.ts';
import { builtInRules, ruleFamilies } from './index.ts';
import type { SecretRule } from './rule.ts';

const reader = secretReader();

function rulesFoundIn(text: string, path: string): string[] {
  return reader.read(inputFile(path, text)).fragment?.secrets.map((secret) => secret.rule) ?? [];
}

const pathOf = (rule: SecretRule) => rule.examplePath ?? 'srv/app/settings.txt';

const isGeneric = new Set(
  builtInRules()
    .filter((rule) => rule.isGeneric)
    .map((rule) => rule.id),
);

/** Each example alone, and in the middle of other text. */
const surrounded = (text: string) => [text, `a = 1\n${text}\nb = 2\n`];

describe('every rule', () => {
  for (const rule of builtInRules()) {
    test(rule.id, () => {
      assert.ok(rule.finds.length > 0 && rule.ignores.length > 0 && rule.references.length > 0);
      for (const [index, template] of rule.finds.entries()) {
        for (const text of surrounded(fillTemplate(template, `${rule.id} ${index}`)))
          assert.ok(rulesFoundIn(text, pathOf(rule)).includes(rule.id), `not found: ${text}`);
      }
      for (const [index, template] of rule.ignores.entries()) {
        const text = fillTemplate(template, `${rule.id} not ${index}`);
        assert.ok(!rulesFoundIn(text, pathOf(rule)).includes(rule.id), `found in: ${text}`);
      }
    });
  }
});

test('ids are unique, checks exist, patterns are linear and no longer than the rule gets to see', () => {
  const rules = builtInRules();
  assert.equal(new Set(rules.map((rule) => rule.id)).size, rules.length);
  assert.ok(rules.length >= 230);
  for (const rule of rules) {
    assert.ok(rule.check === undefined || checks.has(rule.check), rule.id);
    const pattern = checkPattern(rule.pattern);
    assert.ok(pattern.ok, `${rule.id} ${pattern.ok ? '' : pattern.error}`);
    assert.ok(
      pattern.value.longest <= (rule.span ?? DEFAULT_SPAN),
      `${rule.id} needs a span of ${pattern.value.longest}`,
    );
    assert.ok(rule.name === undefined || checkPattern(rule.name).ok, rule.id);
  }
});

test('no rule finds what another only looks like', () => {
  const found = builtInRules().flatMap((rule) =>
    rule.ignores.map((template, index) => fillTemplate(template, `${rule.id} other ${index}`)),
  );
  const special = rulesFoundIn(found.join('\n\n'), 'srv/app/.env').filter((id) => !isGeneric.has(id));
  assert.deepEqual(special, []);
});

test('families have titles', () => {
  for (const { title, rules } of ruleFamilies()) assert.ok(title.length > 5 && rules.length > 0);
});
