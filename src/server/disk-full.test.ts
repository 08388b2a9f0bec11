import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Principal } from '#identity/index.ts';
import { addAccount, openStorage } from '#storage/index.ts';
import { finding, installed, sampleReport } from '../../test/kit/report.ts';
import { testContext } from '../../test/kit/server-context.ts';
import { createApplication } from './application.ts';
import { routes } from './routes/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-full-'));
const mounted =
  process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', directory]).status === 0;
after(() => {
  if (mounted) spawnSync('umount', ['-l', directory]);
  rmSync(directory, { recursive: true, force: true });
});
const skip = mounted ? false : 'needs root and leave to mount a small file system';

test('with a full disk nothing that was acknowledged is lost, nothing half is kept, and with space it goes on', {
  skip,
}, async () => {
  const storage = await openStorage({ kind: 'embedded', directory });
  assert.ok(storage.ok, storage.ok ? '' : storage.error);
  const { query, close } = storage.value;
  const context = testContext(query);
  const account = (await addAccount(query, { kind: 'machine', name: 'ci', email: null }, context.now())) ?? '';
  const ci: Principal = {
    account,
    name: 'ci',
    kind: 'machine',
    grants: [{ permissions: new Set(['reports:upload'] as const), scope: { kind: 'all' } }],
  };
  const application = await createApplication({
    context,
    routes,
    authenticate: async () => ci,
    requestsPerMinute: 100_000,
  });
  try {
    const acknowledged: string[] = [];
    const upload = async (number: number): Promise<number> => {
      const createdAt = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
      const owner = installed({ name: `package-${number}`, version: '1' });
      const findings = Array.from({ length: 300 }, (_, index) =>
        finding({ id: `CVE-2026-${number}${index}`, package: owner }),
      );
      const payload = JSON.stringify(sampleReport({ createdAt, findings, packages: [owner] }));
      const { statusCode, body } = await application.inject({ method: 'POST', url: '/api/v1/reports', payload });
      if (statusCode === 201) acknowledged.push(JSON.parse(body).report);
      return statusCode;
    };
    assert.equal(await upload(0), 201);
    const { bavail, bsize } = statfsSync(directory);
    writeFileSync(join(directory, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - 8 * 1024 * 1024)));
    const statuses: number[] = [];
    for (let number = 1; number < 200 && !statuses.some((status) => status >= 500); number++)
      statuses.push(await upload(number));
    assert.ok(
      statuses.some((status) => status >= 500),
      'the disk was full',
    );
    rmSync(join(directory, 'filler'));
    let status = 0;
    for (let attempt = 0; attempt < 300 && status !== 201; attempt++) {
      status = await upload(1000 + attempt);
      if (status !== 201) await delay(100);
    }
    assert.equal(status, 201, 'it goes on by itself');
    const kept = new Set((await query.selectFrom('report').select('id').execute()).map(({ id }) => id));
    assert.deepEqual(
      acknowledged.filter((id) => !kept.has(id)),
      [],
    );
    const audited = await query.selectFrom('audit_entry').select('seq').where('action', '=', 'report.upload').execute();
    assert.equal(audited.length, kept.size);
  } finally {
    await application.close();
    await close();
  }
});
