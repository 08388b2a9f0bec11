import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { lockForWriting } from './writer-lock.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-lock-'));
const path = join(directory, 'update.lock');
after(() => rmSync(directory, { recursive: true }));

test('one writer at a time, who is named', () => {
  const first = lockForWriting(directory);
  assert.ok(first.ok);
  const second = lockForWriting(directory);
  assert.match(second.ok ? '' : second.error, new RegExp(`another process \\(${process.pid} on .*is updating`));
  first.value.release();
  const third = lockForWriting(directory);
  assert.ok(third.ok);
  third.value.release();
});

test('the lock of a writer that is gone is taken over, that of a living or unknown one is not', () => {
  const lock = lockForWriting(directory);
  assert.ok(lock.ok);
  const mine: { host: string } = JSON.parse(readFileSync(path, 'utf8'));
  lock.value.release();
  const cases: readonly [owner: object | string, ageMinutes: number, taken: boolean][] = [
    [{ pid: 2 ** 22 + 1, host: mine.host }, 0, true],
    [{ pid: process.ppid, host: mine.host }, 0, false],
    [{ pid: process.ppid, host: mine.host }, 11, true],
    [{ pid: 1, host: 'elsewhere' }, 0, false],
    [{ pid: 1, host: 'elsewhere' }, 11, true],
    ['', 0, false],
    ['half a li', 11, true],
  ];
  for (const [owner, ageMinutes, taken] of cases) {
    writeFileSync(path, typeof owner === 'string' ? owner : JSON.stringify(owner));
    const heard = new Date(Date.now() - ageMinutes * 60_000);
    utimesSync(path, heard, heard);
    const outcome = lockForWriting(directory);
    assert.equal(outcome.ok, taken, JSON.stringify([owner, ageMinutes]));
    if (outcome.ok) outcome.value.release();
    rmSync(path, { force: true });
  }
});
