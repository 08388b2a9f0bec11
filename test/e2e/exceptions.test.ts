import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const program = join(import.meta.dirname, '../../src/bin/plimsoll.ts');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-exceptions-'));
after(() => rmSync(work, { recursive: true, force: true }));

function exceptions(...argv: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const done = spawnSync(process.execPath, [program, 'exceptions', ...argv], { cwd: work, encoding: 'utf8' });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

test('exceptions are added, listed and checked', () => {
  assert.match(exceptions('list').stdout, /^No exceptions here/);
  const added = exceptions(
    'add',
    '--id',
    'CVE-2024-1',
    '--package',
    'curl',
    '--reason',
    'not reachable',
    '--expires',
    '90d',
    '--author',
    'Ann',
  );
  assert.deepEqual([added.code, added.stderr, added.stdout], [0, '', 'Added to .plimsoll/exceptions.yaml\n']);
  assert.equal(
    exceptions('add', '--path', 'test/**', '--kind', 'secret', '--reason', 'samples', '--expires', '2099-01-01').code,
    0,
  );
  writeFileSync(join(work, '.trivyignore'), 'CVE-2020-1 exp:2020-01-01\n');

  const listed = exceptions('list').stdout;
  assert.match(listed, /^expired 2020-01-01 +accepted +CVE-2020-1$/m);
  assert.match(listed, /^\d{4}-\d\d-\d\d \(90 days\) +accepted +CVE-2024-1 of curl$/m);
  assert.match(listed, /not reachable \(Ann\) {2}\.plimsoll\/exceptions\.yaml:3/);
  assert.deepEqual(
    JSON.parse(exceptions('list', '--json').stdout).map(({ name, isExpired }: Record<string, unknown>) => [
      name,
      isExpired,
    ]),
    [
      ['CVE-2020-1', true],
      ['CVE-2024-1 of curl', false],
      ['test/**', false],
    ],
  );
  const checked = exceptions('check');
  assert.deepEqual([checked.code, checked.stderr], [0, '']);
  assert.match(checked.stdout, /^3 exceptions can be used, 1 of them expired/);
});

test('what is wrong is said, with its place, and ends with 2', () => {
  const file = join(work, 'mine.yaml');
  writeFileSync(file, 'exceptions:\n  - id: CVE-1\n    reson: typo\n    expires: 2099-01-01\n');
  const checked = exceptions('check', 'mine.yaml');
  assert.equal(checked.code, 2);
  assert.match(checked.stderr, /^plimsoll: mine\.yaml:3:5: unknown member "reson"; did you mean "reason"\?$/m);
  for (const wrong of [
    ['--id', 'CVE-2', '--reason', 'r'],
    ['--id', 'CVE-2', '--reason', 'r', '--expires', 'soon'],
    ['--reason', 'r', '--expires', '9d'],
    ['--id', 'CVE-2', '--expires', '9d'],
  ]) {
    assert.equal(exceptions('add', '--file', 'mine.yaml', ...wrong).code, 2, wrong.join(' '));
  }
  assert.match(readFileSync(file, 'utf8'), /reson: typo\n {4}expires: 2099-01-01\n$/, 'nothing was written');
});
