import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Compares with a file; UPDATE_SNAPSHOTS=1 writes the file instead, for a person to read the difference before it is committed. */
export function assertMatchesFile(actual: string, file: URL): void {
  const path = fileURLToPath(file);
  if (process.env['UPDATE_SNAPSHOTS'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  assert.ok(existsSync(path), `${path} is missing: run the test with UPDATE_SNAPSHOTS=1`);
  assert.equal(
    actual,
    readFileSync(path, 'utf8'),
    `${path} differs: read the difference, then run with UPDATE_SNAPSHOTS=1`,
  );
}
