import { globSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { endSystemPostgres, useSystemPostgres } from '../kit/storage.ts';
import { systemPostgresSkip } from '../kit/system-postgres.ts';

// Every test that has a database, once more on a PostgreSQL that is not ours. The files register their tests as they are loaded.
if (systemPostgresSkip) test('tests on a system PostgreSQL', { skip: systemPostgresSkip }, () => undefined);
else {
  const root = new URL('../../', import.meta.url);
  const files = globSync('src/{storage,server}/**/*.test.ts', { cwd: root }).sort();
  await useSystemPostgres();
  for (const file of files)
    if (readFileSync(new URL(file, root), 'utf8').includes('emptyStorage(')) await import(new URL(file, root).href);
  after(endSystemPostgres);
}
