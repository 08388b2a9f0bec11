import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeFault, readRuleSet } from '#detection/index.ts';

/** A checkout of https://github.com/falcosecurity/rules, and files of rules of its plugins: not part of this project. */
const folder = process.env['FALCO_RULES'];
const skip =
  folder !== undefined && existsSync(folder) ? false : 'FALCO_RULES names no folder with the rule files of Falco';

test("Falco's own rules load unmodified, without an error or a warning", { skip }, () => {
  const names = readdirSync(folder ?? '').filter((name) => name.endsWith('.yaml'));
  const set = readRuleSet(names.sort().map((name) => ({ name, text: readFileSync(join(folder ?? '', name), 'utf8') })));
  assert.deepEqual(set.faults.map(describeFault), []);
  assert.equal(set.compiled.syscall.rules.length + set.compiled.audit.rules.length, set.loaded.rules.length);
  assert.ok(set.loaded.rules.length > 0);
});
