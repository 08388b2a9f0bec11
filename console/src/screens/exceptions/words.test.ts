import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonLabel, scopeFilter, scopeWords } from './words.ts';

const team = '11111111-1111-4111-8111-111111111111';
const name = (id: string) => (id === team ? 'shop floor' : undefined);

test('a scope is said in a line, and as the filter that shows its findings', () => {
  const cases = [
    [{ rule: 'CVE-2024-1' }, 'CVE-2024-1 everywhere', 'rule:CVE-2024-1'],
    [
      { kind: 'secret', rule: 'private-key', team },
      'private-key of team shop floor',
      'kind:secret rule:private-key team:"shop floor"',
    ],
    [
      { package: 'openssl', assets: { kind: 'repository' as const, name: 'registry.example/**' } },
      'package openssl in registry.example/**',
      'package:openssl asset:registry.example/** asset-kind:repository',
    ],
    [{ finding: team }, 'One finding', undefined],
  ] as const;
  for (const [scope, words, filter] of cases) {
    assert.equal(scopeWords(scope, name), words);
    assert.equal(scopeFilter(scope, name), filter);
  }
});

test('a reason that is not known is shown as it is', () => {
  assert.equal(reasonLabel('risk-accepted'), 'We accept the risk');
  assert.equal(reasonLabel('new-word'), 'new-word');
});
