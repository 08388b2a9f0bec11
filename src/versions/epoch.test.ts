import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sharedPath, sharedSkip } from '../../test/kit/shared.ts';
import { type MissingEpoch, versionScheme } from './index.ts';

interface EpochRow {
  readonly pkg: string;
  readonly other: string;
  readonly strategy: string | { readonly $id: string };
  readonly expected: number;
}

/** The labelled rows name `zero` by its word, `auto` by a constant, and mean `ignore` by an empty word. */
function policyOf({ strategy }: EpochRow): MissingEpoch {
  if (typeof strategy === 'object') return 'auto';
  return strategy === 'zero' ? 'zero' : 'ignore';
}

for (const id of ['deb', 'rpm']) {
  const path = sharedPath('conformance', 'versions', `${id}_missing_epoch.json`);
  test(`${id}: labelled rows for missing epochs`, { skip: sharedSkip(path) }, () => {
    if (!path) return;
    const rows: EpochRow[] = JSON.parse(readFileSync(path, 'utf8'));
    for (const row of rows) {
      const result = versionScheme(id)?.compare(row.pkg, row.other, { missingEpoch: policyOf(row) });
      assert.deepEqual(result, { ok: true, value: row.expected }, JSON.stringify(row));
    }
  });
}
