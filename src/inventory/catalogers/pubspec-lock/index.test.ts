import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { pubspecLock } from './index.ts';

function read(content: string | Buffer) {
  const { fragment, problems } = pubspecLock.read(inputFile('pubspec.lock', content));
  const rows = (fragment?.packages ?? []).map((p) => `${p.name} ${p.version} ${p.relation} ${p.scope ?? '-'}`);
  return { rows, codes: problems.map(({ code }) => code) };
}

test('reads hosted packages and what they are needed for', () => {
  assert.deepEqual(read(readFileSync(new URL('testdata/pubspec.lock', import.meta.url))), {
    rows: ['async 2.11.0 transitive -', 'http 1.1.0+1 direct runtime', 'lints 2.1.1 direct development'],
    codes: ['pubspec-lock-record-unusable'],
  });
});

test('a file of something else is a problem', () => {
  assert.deepEqual(read('- a\n- b\n'), { rows: [], codes: ['pubspec-lock-unreadable'] });
});
