import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { rpmHeader, simpleHeader } from '../../kit/rpm-database.ts';
import type { Catalogued } from '../catalog.ts';
import { scratchDirectory } from '../places.ts';

const SCHEMA = 'CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)';

let directory: string | undefined;

function place(name: string): string {
  directory ??= scratchDirectory();
  return join(directory, name);
}

/** Small pages with many records and with records longer than pages; a tree of one page. */
export function sqliteSeeds(): Buffer[] {
  const large = [400, 1000, 3000].map((size) =>
    rpmHeader({ 1000: `p${size}`, 1001: '1', 1002: '1', 1004: 'x'.repeat(size) }),
  );
  const many = Array.from({ length: 40 }, (_, index) => simpleHeader(`many-${index}`));
  return [
    database(512, [...large, ...many]),
    database(1024, many.slice(0, 12)),
    database(4096, [simpleHeader('one'), simpleHeader('two')]),
  ];
}

function database(pageSize: number, headers: readonly Buffer[]): Buffer {
  const file = place('seed.sqlite');
  rmSync(file, { force: true });
  const open = new DatabaseSync(file);
  open.exec(`PRAGMA page_size = ${pageSize}; ${SCHEMA}; CREATE TABLE Name (key TEXT, hnum INTEGER)`);
  insert(open, headers);
  open.close();
  return readFileSync(file);
}

function insert(open: DatabaseSync, headers: readonly Buffer[]): void {
  const statement = open.prepare('INSERT INTO Packages (blob) VALUES (?)');
  for (const header of headers) statement.run(header);
}

/** A log that holds the whole database, and one that holds a change of it. */
export function logSeeds(): Buffer[] {
  const changed = place('changed.sqlite');
  writeFileSync(changed, database(512, [simpleHeader('one'), simpleHeader('two')]));
  const whole = place('whole.sqlite');
  rmSync(whole, { force: true });
  return [
    logOf(changed, (open) => insert(open, [simpleHeader('late')])),
    logOf(whole, (open) => {
      open.exec(SCHEMA);
      insert(open, [simpleHeader('one'), simpleHeader('two')]);
    }),
  ];
}

function logOf(file: string, change: (open: DatabaseSync) => void): Buffer {
  const open = new DatabaseSync(file);
  open.exec('PRAGMA page_size = 512; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  change(open);
  copyFileSync(`${file}-wal`, `${file}.log`);
  open.close();
  return fixedSalt(readFileSync(`${file}.log`));
}

/** SQLite salts each log with random numbers; ours are the same in every run. */
function fixedSalt(log: Buffer): Buffer {
  log.writeUInt32BE(0x01020304, 16);
  log.writeUInt32BE(0x05060708, 20);
  return repairLog(log);
}

/** Makes every checksum of a log right (https://www.sqlite.org/fileformat2.html, 4.2). */
export function repairLog(log: Buffer): Buffer {
  if (log.length < 32) return log;
  const big = log.readUInt32BE(0) === 0x377f0683;
  let [first, second] = [0, 0];
  const add = (start: number, end: number): void => {
    for (let at = start; at + 8 <= end; at += 8) {
      first = (first + (big ? log.readUInt32BE(at) : log.readUInt32LE(at)) + second) >>> 0;
      second = (second + (big ? log.readUInt32BE(at + 4) : log.readUInt32LE(at + 4)) + first) >>> 0;
    }
  };
  const write = (at: number): void => {
    log.writeUInt32BE(first, at);
    log.writeUInt32BE(second, at + 4);
  };
  add(0, 24);
  write(24);
  const pageSize = log.readUInt32BE(8);
  if (pageSize < 512 || pageSize > 65_536) return log;
  for (let at = 32; at + 24 + pageSize <= log.length; at += 24 + pageSize) {
    log.copy(log, at + 8, 16, 24);
    add(at, at + 8);
    add(at + 24, at + 24 + pageSize);
    write(at + 16);
  }
  return log;
}

/** Where SQLite finds nothing wrong with a database, the rows it reads are the ones that we read. */
export function checkAgainstSqlite(bytes: Uint8Array, found: Catalogued): void {
  const file = place('changed.sqlite');
  for (const rest of ['-wal', '-shm', '-journal']) rmSync(file + rest, { force: true });
  writeFileSync(file, bytes);
  const blobs = soundRows(file);
  if (blobs === undefined) return;
  assert.ok(found.records.length >= blobs || found.said > 0, `SQLite reads ${blobs} rows, we ${found.records.length}`);
}

function soundRows(file: string): number | undefined {
  let open: DatabaseSync | undefined;
  try {
    open = new DatabaseSync(file, { readOnly: true });
    const verdict = open.prepare('PRAGMA integrity_check').get();
    if (verdict?.['integrity_check'] !== 'ok') return undefined;
    return open.prepare('SELECT hnum, blob FROM Packages').all().length;
  } catch {
    return undefined;
  } finally {
    open?.close();
  }
}
