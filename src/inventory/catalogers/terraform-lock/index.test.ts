import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { terraformLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(terraformLock, { 'infra/.terraform.lock.hcl': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads providers and the registry they come from', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/.terraform.lock.hcl', import.meta.url), 'utf8')), [
    'hashicorp/aws 5.31.0',
    'hashicorp/random 3.6.0 repository_url=registry.opentofu.org',
    'terraform-lock-record-unusable 1',
  ]);
});

test('a file without providers is told from one of something else', () => {
  assert.deepEqual(lines('# made by init\n\n'), []);
  assert.deepEqual(lines('<<<<<<< ours\n'), ['terraform-lock-unreadable 1']);
});
