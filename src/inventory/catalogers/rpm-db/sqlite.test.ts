import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { rpmHeader, simpleHeader } from '../../../../test/kit/rpm-database.ts';
import { rpmDb } from './index.ts';

const SCHEMA = 'CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)';

function temporary(context: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-rpm-'));
  context.after(() => rmSync(directory, { recursive: true }));
  return join(directory, 'rpmdb.sqlite');
}

function insert(database: DatabaseSync, headers: readonly Buffer[]): void {
  const statement = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
  database.exec('BEGIN');
  for (const header of headers) statement.run(header);
  database.exec('COMMIT');
}

/** Packages and problems of the files `rpmdb.sqlite` and, when it is there, its log. */
function catalog(file: string, log?: Buffer) {
  const contents: [path: string, content: Buffer][] = [['var/lib/rpm/rpmdb.sqlite', readFileSync(file)]];
  if (log !== undefined) contents.push(['var/lib/rpm/rpmdb.sqlite-wal', log]);
  const readings = contents.map(([path, content]) => ({ path, ...rpmDb.read(inputFile(path, content)) }));
  const visible = readings.flatMap(({ path, fragment }) => (fragment ? [{ path, fragment, layer: 0, older: [] }] : []));
  const assembly = rpmDb.assemble(visible, {});
  return {
    names: assembly.packages.map((found) => found.package.name),
    problems: [...readings.flatMap(({ problems }) => problems), ...assembly.problems].map(({ code }) => code),
  };
}

for (const pageSize of [512, 1024, 4096, 65_536]) {
  test(`reads small and very large records with pages of ${pageSize} bytes`, (context) => {
    const file = temporary(context);
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA page_size = ${pageSize}; ${SCHEMA}; CREATE TABLE Name (key TEXT, hnum INTEGER)`);
    // Sizes around the borders between content inside the page and overflow chains of one and more pages.
    const sizes = [0, 300, pageSize - 200, pageSize - 60, pageSize, 2 * pageSize, 70_000, 300_000];
    const names = sizes.map((size) => `p${size}`);
    insert(
      database,
      sizes.map((size) => rpmHeader({ 1000: `p${size}`, 1001: '1', 1002: '1', 1004: 'x'.repeat(size) })),
    );
    insert(
      database,
      Array.from({ length: 500 }, (_, index) => simpleHeader(`many-${index}`)),
    );
    database.close();
    const found = catalog(file);
    assert.deepEqual(found.problems, []);
    assert.deepEqual(found.names.slice(0, sizes.length), names);
    assert.equal(found.names.length, sizes.length + 500);
    assert.equal(found.names.at(-1), 'many-499');
  });
}

test('rows that were deleted are not found again', (context) => {
  const file = temporary(context);
  const database = new DatabaseSync(file);
  database.exec(SCHEMA);
  insert(
    database,
    Array.from({ length: 100 }, (_, index) => simpleHeader(`p${index}`)),
  );
  database.exec('DELETE FROM Packages WHERE hnum <> 42');
  database.close();
  assert.deepEqual(catalog(file), { names: ['p41'], problems: [] });
});

/** Runs `change` on a database whose changes stay in the log, and returns the log as a killed program leaves it. */
function withLog(file: string, change: (database: DatabaseSync) => void): Buffer {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  change(database);
  copyFileSync(file, `${file}.before`);
  const log = readFileSync(`${file}-wal`);
  database.close();
  copyFileSync(`${file}.before`, file);
  return log;
}

test('a log that holds the whole database is read in its place', (context) => {
  const file = temporary(context);
  const log = withLog(file, (database) => {
    database.exec(SCHEMA);
    insert(database, [simpleHeader('one'), simpleHeader('two')]);
  });
  assert.deepEqual(catalog(file, log).names, ['one', 'two']);
});

test('a log with changes that the database lacks is a problem, one that was carried over is none', (context) => {
  const file = temporary(context);
  const database = new DatabaseSync(file);
  database.exec(SCHEMA);
  insert(
    database,
    Array.from({ length: 300 }, (_, index) => simpleHeader(`p${index}`)),
  );
  database.close();
  const log = withLog(file, (open) => insert(open, [simpleHeader('late')]));
  const pending = catalog(file, log);
  assert.equal(pending.names.length, 300);
  assert.deepEqual(pending.problems, ['rpm-log-pending']);

  const { fragment = assert.fail('not read') } = rpmDb.read(inputFile('var/lib/rpm/rpmdb.sqlite-wal', log));
  const alone = rpmDb.assemble([{ path: 'var/lib/rpm/rpmdb.sqlite-wal', fragment, layer: 0, older: [] }], {});
  assert.deepEqual(
    alone.problems.map(({ code }) => code),
    ['rpm-log-pending'],
    'its database is not there',
  );

  const carried = new DatabaseSync(file);
  insert(carried, [simpleHeader('late')]);
  carried.close();
  assert.equal(catalog(file, log).names.length, 301);
  assert.deepEqual(catalog(file, log).problems, []);
});

test('an empty log, an unfinished log and a foreign log', (context) => {
  const file = temporary(context);
  const database = new DatabaseSync(file);
  database.exec(SCHEMA);
  insert(database, [simpleHeader('one')]);
  database.close();
  const log = withLog(file, (open) => insert(open, [simpleHeader('late')]));
  assert.deepEqual(catalog(file, Buffer.alloc(0)).problems, []);
  assert.deepEqual(catalog(file, log.subarray(0, 60)).problems, [], 'no frame was finished');
  assert.deepEqual(catalog(file, Buffer.from('not a log at all, whatever its name says')).problems, [
    'rpm-log-pending',
  ]);
});

test('an unfinished rollback journal is a problem', () => {
  const journal = Buffer.concat([Buffer.from('d9d505f920a163d7', 'hex'), Buffer.alloc(504)]);
  const codes = (content: Buffer) =>
    rpmDb.read(inputFile('var/lib/rpm/rpmdb.sqlite-journal', content)).problems.map(({ code }) => code);
  assert.deepEqual(codes(journal), ['rpm-journal-pending']);
  assert.deepEqual(codes(Buffer.alloc(512)), [], 'a finished journal is zeroed');
});

test('a tree that points to itself ends', (context) => {
  const file = temporary(context);
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA page_size = 512; ${SCHEMA}`);
  insert(
    database,
    Array.from({ length: 200 }, (_, index) => simpleHeader(`p${index}`)),
  );
  database.close();
  const bytes = readFileSync(file);
  // Every child pointer of every interior table page leads to page 2, the root of the table.
  for (let page = 512; page < bytes.length; page += 512) {
    if (bytes[page] !== 5) continue;
    bytes.writeUInt32BE(2, page + 8);
    for (let cell = 0; cell < bytes.readUInt16BE(page + 3); cell++) {
      bytes.writeUInt32BE(2, page + bytes.readUInt16BE(page + 12 + 2 * cell));
    }
  }
  const { problems } = rpmDb.read(inputFile('var/lib/rpm/rpmdb.sqlite', bytes));
  assert.deepEqual(
    problems.map(({ code, effect }) => `${code} ${effect}`),
    ['rpm-record-unreadable incomplete'],
  );
});

test('cells that share one record come to an end', (context) => {
  const file = temporary(context);
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA page_size = 65536; ${SCHEMA}`);
  insert(database, [simpleHeader('one')]);
  database.close();
  const bytes = readFileSync(file);
  const page = 65_536;
  const cell = bytes.readUInt16BE(page + 8);
  const cells = 30_000;
  bytes.writeUInt16BE(cells, page + 3);
  for (let index = 0; index < cells; index++) bytes.writeUInt16BE(cell, page + 8 + 2 * index);
  const { fragment, problems } = rpmDb.read(inputFile('var/lib/rpm/rpmdb.sqlite', bytes));
  assert.ok((fragment?.records?.length ?? 0) < 2000);
  assert.deepEqual(
    problems.map(({ code, count }) => `${code} ${count ?? 1}`),
    ['rpm-record-unreadable 1'],
  );
});
