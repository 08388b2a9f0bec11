import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { BlockCache } from '#advisory/database/block-cache.ts';
import { parseManifest, readManifest, renderManifest, type ShardEntry } from '#advisory/database/manifest.ts';
import { decodeStatements } from '#advisory/database/record-codec.ts';
import { keyOf } from '#advisory/database/shard-format.ts';
import { ShardReader } from '#advisory/database/shard-reader.ts';
import { verifyShard } from '#advisory/database/verify-shard.ts';
import {
  type AdvisoryDatabase,
  AdvisoryDatabaseError,
  exportDatabase,
  importDatabase,
  openDatabase,
  updateDatabase,
} from '#advisory/index.ts';
import { scratchDirectory, scratchFile } from '../places.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const PACKAGES = ['curl', 'bash', 'openssl', 'zlib'];

interface Sample {
  readonly directory: string;
  readonly exported: Buffer;
  readonly shard: Buffer;
  readonly entry: ShardEntry;
}

let made: Promise<Sample> | undefined;

function sample(): Promise<Sample> {
  made ??= makeSample();
  return made;
}

/** A small database, made as an update makes it from files. */
async function makeSample(): Promise<Sample> {
  const place = scratchDirectory();
  const directory = join(place, 'db');
  const from = join(place, 'mirror');
  const write = (name: string, content: unknown): void => {
    mkdirSync(join(from, name, '..'), { recursive: true });
    writeFileSync(join(from, name), JSON.stringify(content));
  };
  const releases = { bookworm: { status: 'open' }, trixie: { status: 'resolved', fixed_version: '2' } };
  write(
    'debian/tracker.json',
    Object.fromEntries(
      PACKAGES.map((name, index) => [name, { [`CVE-2026-${1000 + index}`]: { description: name, releases } }]),
    ),
  );
  write('kev/known_exploited_vulnerabilities.json', {
    vulnerabilities: [{ cveID: 'CVE-2026-1000', dateAdded: '2026-07-01' }],
  });
  assert.ok(
    checkResult(await updateDatabase({ directory, from, ecosystems: ['debian:12'] })),
    'the sample can be made',
  );
  const file = join(place, 'export.zip');
  assert.ok(checkResult(exportDatabase(directory, file)), 'the sample can be exported');
  const entry = checkResult(readManifest(directory))?.find(({ source }) => source === 'debian-tracker');
  assert.ok(entry);
  return { directory, exported: readFileSync(file), shard: readFileSync(join(directory, entry.file)), entry };
}

/** What the whole database answers, as text. */
function answers(database: AdvisoryDatabase): string {
  return JSON.stringify(
    PACKAGES.map((name) => database.find('debian:12', name).map(({ advisory, affected }) => [advisory, affected])),
  );
}

function expectedAnswers({ directory }: Sample): string {
  const database = checkResult(openDatabase(directory));
  assert.ok(database);
  try {
    return answers(database);
  } finally {
    database.close();
  }
}

const shardFile = scratchFile('changed.shard');

export const advisoryShard: FuzzTarget = {
  id: 'advisory-shard',
  title: 'damaged shards of the advisory database: an error or the same answers',
  form: 'little-endian',
  seeds: async () => [(await sample()).shard],
  async run(bytes) {
    const { shard, entry } = await sample();
    const path = shardFile(bytes);
    const verdict = verifyShard(path, entry);
    checkResult(verdict);
    const changed = look(path, entry.bytes);
    const whole = look(shardFile(shard), entry.bytes);
    for (const [index, answer] of changed.entries()) {
      assert.ok(answer instanceof Error || answer === whole[index], `another answer: ${answer}`);
    }
  },
};

/** Checksums are right, as whoever forges a shard has them. */
export const forgedShard: FuzzTarget = {
  id: 'forged-shard',
  title: 'forged shards of the advisory database',
  form: 'little-endian',
  seeds: async () => [(await sample()).shard],
  repair: repairShard,
  async run(bytes) {
    const { entry } = await sample();
    const path = shardFile(bytes);
    const verdict = verifyShard(path, { ...entry, bytes: bytes.length });
    checkResult(verdict);
    for (const answer of look(path, bytes.length)) {
      if (verdict.ok) assert.ok(!(answer instanceof Error), 'a shard that was found sound answers');
      if (typeof answer === 'string') checkResult(decodeStatements(answer, 'debian:12', 'curl'));
    }
  },
};

/** Each look-up's answer, or the error that says the shard is damaged. */
function look(path: string, bytes: number): (string | undefined | Error)[] {
  const reader = checkResult(ShardReader.open(path, bytes, new BlockCache()));
  if (reader === undefined) return [];
  const attempt = (find: () => string | undefined): string | undefined | Error => {
    try {
      return find();
    } catch (error) {
      if (!(error instanceof AdvisoryDatabaseError)) throw error;
      return error;
    }
  };
  try {
    return [
      ...[...PACKAGES, 'absent', 'aaa', 'zzz'].map((name) => attempt(() => reader.find(keyOf('debian:12', name)))),
      ...[0, 1, PACKAGES.length - 1].map((ordinal) => attempt(() => reader.record(ordinal))),
    ];
  } finally {
    reader.close();
  }
}

/** Right checksums for the three tables and the footer. */
function repairShard(bytes: Buffer): Buffer {
  const footer = bytes.length - 64;
  if (footer < 16) return bytes;
  for (let at = footer; at < footer + 48; at += 16) {
    const offset = Number(bytes.readBigUInt64LE(at));
    const length = bytes.readUInt32LE(at + 8);
    if (offset + length <= footer) bytes.writeUInt32LE(crc32(bytes.subarray(offset, offset + length)), at + 12);
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(footer, footer + 52)), footer + 52);
  return bytes;
}

const importFile = scratchFile('import.zip');

export const advisoryImport: FuzzTarget = {
  id: 'advisory-import',
  testIterations: 25,
  title: 'exported databases: refused, or the same answers',
  form: 'little-endian',
  seeds: async () => [(await sample()).exported],
  async run(bytes) {
    const known = await sample();
    const directory = join(known.directory, '../imported');
    rmSync(directory, { recursive: true, force: true });
    const imported = checkResult(importDatabase(importFile(bytes), directory));
    if (imported === undefined) {
      assert.deepEqual(leftIn(directory), [], 'what is refused leaves nothing');
      return;
    }
    const database = checkResult(openDatabase(directory));
    assert.ok(database, 'what was imported can be opened');
    try {
      if (database.coverage('debian:12').length > 0) assert.equal(answers(database), expectedAnswers(known));
    } finally {
      database.close();
    }
  },
};

/** Files of a database directory that are neither its lock nor empty folders. */
function leftIn(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes('lock'))
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

export const databaseManifest: FuzzTarget = {
  id: 'database-manifest',
  title: 'manifests of the advisory database',
  form: 'json',
  seeds: async () => [readFileSync(join((await sample()).directory, 'manifest.json'))],
  run(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    for (const candidate of [text, signed(text)]) {
      const manifest = checkResult(parseManifest(candidate));
      if (manifest === undefined) continue;
      for (const { file } of manifest)
        assert.match(file, /^[a-z0-9][a-z0-9.-]*\.shard$/, 'a file lies beside the manifest');
      assert.deepEqual(
        checkResult(parseManifest(renderManifest(manifest))),
        manifest,
        'written and read again it is the same',
      );
    }
  },
};

/** The manifest with a checksum that fits. */
function signed(text: string): string {
  try {
    return renderManifest(JSON.parse(text).shards ?? []);
  } catch {
    return text;
  }
}
