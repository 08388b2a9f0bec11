import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputFile } from '../../../test/kit/input-file.ts';
import { parseToml } from './toml.ts';

function parsed(text: string): unknown {
  const result = parseToml(inputFile('x.toml', text));
  return result.ok ? 'read' : result.error;
}

test('size, nesting and numbers of keys and values are bounded', () => {
  const many = 'has more than 400000 keys or 1500000 values';
  assert.equal(parsed('#'.repeat(17 * 1024 * 1024)), 'has more than 16777216 bytes');
  assert.equal(parsed(`a${'.a'.repeat(500_000)} = 1`), many);
  assert.equal(parsed('[[a]]\nb = 1\n'.repeat(500_000)), many);
  assert.equal(parsed(`a = [${'1,'.repeat(1_600_000)}]`), many);
  assert.equal(parsed(`a = ${'['.repeat(100_000)}`), 'is not valid TOML');
  assert.equal(parsed(`a = ${'{a='.repeat(50_000)}`), 'is not valid TOML');
});

test('what stands in texts and comments is not counted', () => {
  const dots = '.'.repeat(1_000_000);
  for (const text of [
    `a = "\\"${dots}"`,
    `a = '${dots}'`,
    `a = """\n${dots}\n"""`,
    `a = '''\n${dots}"'''`,
    `# "${dots}\na = 1`,
  ])
    assert.equal(parsed(text), 'read', text.slice(0, 10));
});
