import { err, ok, type Result } from '#foundation/index.ts';
import { asObject, asTexts, parseJson } from '../documents/json-values.ts';
import { BlockCache } from './block-cache.ts';
import type { ShardEntry } from './manifest.ts';
import { decodeAdvisory, decodeStatements } from './record-codec.ts';
import { AdvisoryDatabaseError, ShardReader } from './shard-reader.ts';

/** Far beyond what lines of JSON can be pressed to; more is made to keep us busy. */
const MAX_RATIO = 500;

/** Reads a whole shard as its look-ups will, and compares it with what the manifest says of it. For files from elsewhere. */
export function verifyShard(path: string, entry: ShardEntry): Result<undefined> {
  const reader = ShardReader.open(path, entry.bytes, new BlockCache());
  if (!reader.ok) return err(`${entry.file} ${reader.error}`);
  try {
    const flaw = findFlaw(reader.value, entry);
    return flaw === undefined ? ok(undefined) : err(`${entry.file}: ${flaw}`);
  } catch (cause) {
    if (cause instanceof AdvisoryDatabaseError) return err(cause.message);
    throw cause;
  } finally {
    reader.value.close();
  }
}

function findFlaw(reader: ShardReader, entry: ShardEntry): string | undefined {
  const description = asObject(parseJson(reader.description().toString('latin1')));
  if (!isDescribedBy(description ?? {}, entry)) return 'is not the shard that the manifest describes';
  let records = 0;
  let unpackedBytes = 0;
  let previousKey = '';
  for (const { kind, text } of reader.allBlocks()) {
    unpackedBytes += text.length;
    if (unpackedBytes > entry.bytes * MAX_RATIO) return 'unpacks to an impossible size';
    if (kind === 'record') {
      const lines = text.split('\n');
      if (!lines.every((line) => decodeAdvisory(line, entry.source).ok)) return 'an advisory cannot be read';
      records += lines.length;
      continue;
    }
    for (const line of text.split('\n').slice(1)) {
      const [ecosystem = '', name = '', value] = line.split('\0');
      const key = `${ecosystem}\0${name}`;
      if (value === undefined || key <= previousKey) return 'its keys are out of order';
      previousKey = key;
      if (entry.kind === 'advisories' && !areSound(value, ecosystem, name, records))
        return 'a statement cannot be read';
    }
  }
  return entry.kind === 'advisories' && records !== entry.advisories ? 'holds another number of advisories' : undefined;
}

function isDescribedBy(description: Readonly<Record<string, unknown>>, entry: ShardEntry): boolean {
  return (
    description['source'] === entry.source &&
    description['feed'] === entry.feed &&
    description['asOf'] === entry.asOf &&
    description['advisories'] === entry.advisories &&
    JSON.stringify(asTexts(description['ecosystems'], 100_000)) === JSON.stringify(entry.ecosystems)
  );
}

function areSound(value: string, ecosystem: string, name: string, records: number): boolean {
  const statements = decodeStatements(value, ecosystem, name);
  return (
    statements.ok &&
    statements.value.every(({ ordinal }) => Number.isInteger(ordinal) && ordinal >= 0 && ordinal < records)
  );
}
