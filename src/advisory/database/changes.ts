import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as otherWork } from 'node:timers/promises';
import { ok, type Result } from '#foundation/index.ts';
import { parseJson } from '../documents/json-values.ts';
import { BlockCache } from './block-cache.ts';
import { type Manifest, readManifest, type ShardEntry } from './manifest.ts';
import { AdvisoryDatabaseError, ShardReader } from './shard-reader.ts';

/** A package of an ecosystem, as the database names it. */
export interface StatementKey {
  readonly ecosystem: string;
  readonly name: string;
}

export interface DatabaseChanges {
  /** Packages about which something else is said than before, by those who spoke before. */
  readonly keys: readonly StatementKey[];
  /** Ecosystems that have other speakers than before: of any package in them something else may be said, and what was not assessed may be now. */
  readonly ecosystems: readonly string[];
  /** Facts about vulnerabilities whatever the package (exploitation, its probability) may be others. */
  readonly hasOtherEnrichment: boolean;
}

/**
 * What is said differently in one database than in another, feed by feed. Costs as much as reading the feeds that have changed; other
 * work goes on meanwhile. An error says that one of them cannot be read.
 */
export async function databaseChanges(before: string, after: string): Promise<Result<DatabaseChanges>> {
  const [old, current] = [readManifest(before), readManifest(after)];
  if (!old.ok) return old;
  if (!current.ok) return current;
  try {
    const pairs = pairsOf(old.value, current.value);
    const advisories = pairs.filter(({ kind }) => kind === 'advisories');
    const ecosystems = [...new Set(advisories.filter(isOneSided).flatMap(ecosystemsOf))].sort();
    const keys = new Map<string, StatementKey>();
    for (const pair of advisories.filter((one) => !isOneSided(one)))
      for (const key of await changedKeys(before, after, pair)) keys.set(`${key.ecosystem}\0${key.name}`, key);
    const hasOtherEnrichment = pairs.some(({ kind }) => kind === 'enrichment');
    return ok({ keys: [...keys.values()], ecosystems, hasOtherEnrichment });
  } catch (error) {
    if (error instanceof AdvisoryDatabaseError) return { ok: false, error: error.message };
    throw error;
  }
}

/** A feed that is not the same in both. */
interface Pair {
  readonly kind: ShardEntry['kind'];
  readonly before?: ShardEntry;
  readonly after?: ShardEntry;
}

function pairsOf(before: Manifest, after: Manifest): Pair[] {
  const idOf = ({ source, feed }: ShardEntry) => `${source}/${feed}`;
  const old = new Map(before.map((entry) => [idOf(entry), entry]));
  const current = new Map(after.map((entry) => [idOf(entry), entry]));
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((id): Pair[] => {
    const [one, other] = [old.get(id), current.get(id)];
    const kind = other?.kind ?? one?.kind;
    if (kind === undefined || one?.sha256 === other?.sha256) return [];
    return [{ kind, ...(one && { before: one }), ...(other && { after: other }) }];
  });
}

function isOneSided({ before, after }: Pair): boolean {
  return before === undefined || after === undefined;
}

function ecosystemsOf({ before, after }: Pair): readonly string[] {
  return [...(before?.ecosystems ?? []), ...(after?.ecosystems ?? [])];
}

async function changedKeys(oldDirectory: string, directory: string, { before, after }: Pair): Promise<StatementKey[]> {
  const old = before ? await digests(oldDirectory, before) : new Map<string, string>();
  const changed: StatementKey[] = [];
  if (after)
    await eachKey(directory, after, (key, digest) => {
      if (old.get(key) !== digest) changed.push(keyFrom(key));
      old.delete(key);
    });
  return [...changed, ...[...old.keys()].map(keyFrom)];
}

async function digests(directory: string, entry: ShardEntry): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  await eachKey(directory, entry, (key, digest) => found.set(key, digest));
  return found;
}

/** `ecosystem \0 name`, one byte a character. */
function keyFrom(key: string): StatementKey {
  const [ecosystem = '', name = ''] = key.split('\0').map((text) => Buffer.from(text, 'latin1').toString('utf8'));
  return { ecosystem, name };
}

/** Every key with a digest of all that is said under it. Advisories are numbered anew with every build, so numbers do not count. */
async function eachKey(
  directory: string,
  entry: ShardEntry,
  visit: (key: string, digest: string) => void,
): Promise<void> {
  const reader = ShardReader.open(join(directory, entry.file), entry.bytes, new BlockCache());
  if (!reader.ok) throw new AdvisoryDatabaseError('damaged', `${entry.file}: ${reader.error}`);
  try {
    const records: string[] = [];
    for (const { kind, text } of reader.value.allBlocks()) {
      for (const line of text.split('\n')) {
        if (kind === 'record') records.push(digestOf(line));
        else visitLine(line, records, visit);
      }
      await otherWork();
    }
  } finally {
    reader.value.close();
  }
}

function visitLine(line: string, records: readonly string[], visit: (key: string, digest: string) => void): void {
  const nameEnd = line.indexOf('\0', line.indexOf('\0') + 1);
  if (nameEnd < 0) return;
  const statements = parseJson(line.slice(nameEnd + 1));
  if (!Array.isArray(statements)) throw new AdvisoryDatabaseError('damaged', 'a statement cannot be read');
  const said = statements.map((one: unknown) => {
    const [ordinal, ...rest]: readonly unknown[] = Array.isArray(one) ? one : [];
    return `${records[Number(ordinal)] ?? ''} ${JSON.stringify(rest)}`;
  });
  visit(line.slice(0, nameEnd), digestOf(said.sort().join('\n')));
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 16);
}
