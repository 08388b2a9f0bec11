import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { recordAudit, verifyAudit } from './audit.ts';

const { query } = await emptyStorage();
const at = new Date('2026-11-24T10:00:00.123Z');

test('entries are chained, also when many are written at once', async () => {
  const write = (index: number) =>
    query.transaction().execute((transaction) =>
      recordAudit(transaction, {
        principal: undefined,
        action: 'test.write',
        subject: `${index}`,
        details: { b: index, a: ['x'] },
        at,
      }),
    );
  await Promise.all(Array.from({ length: 20 }, (_, index) => write(index)));
  assert.deepEqual(await verifyAudit(query), { entries: 20 });
});

test('entries can be neither changed nor removed, and who does it all the same is found out', async () => {
  await assert.rejects(
    query.updateTable('audit_entry').set({ subject: 'other' }).execute(),
    /neither changed nor removed/,
  );
  await assert.rejects(query.deleteFrom('audit_entry').execute(), /neither changed nor removed/);
  await sql`alter table audit_entry disable trigger user`.execute(query);
  await query
    .updateTable('audit_entry')
    .set({ details: JSON.stringify({ b: 99 }) })
    .where('seq', '=', 7)
    .execute();
  assert.deepEqual(await verifyAudit(query), { entries: 6, brokenAt: 7 });
});

test('an entry is not written without the change that it tells of', async () => {
  const before = await query
    .selectFrom('audit_entry')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  const failing = query.transaction().execute(async (transaction) => {
    await recordAudit(transaction, { principal: undefined, action: 'test.fail', subject: 'x', at });
    throw new Error('the change failed');
  });
  await assert.rejects(failing, /the change failed/);
  const after = await query
    .selectFrom('audit_entry')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  assert.deepEqual(after, before);
});
