import { spawn } from 'node:child_process';
import { ecosystemsOf, languageEcosystem } from '#advisory/index.ts';
import { packageType } from '#model/index.ts';
import { ecosystemsMet, enqueue, noteAdvisoryState, type Query } from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';
import { APPLY_ADVISORIES } from './apply.ts';
import { distributionFrom } from './distribution.ts';
import type { AdvisorySettings } from './settings.ts';

export const UPDATE_ADVISORIES = 'advisories.update';

/** Fetches what is new about the ecosystems that there are, and has it applied. */
export const updateAdvisories: JobHandler = async (_, { query, now, advisories }, signal) => {
  if (advisories === undefined) return;
  if (advisories.network === 'auto' || advisories.feedMirror !== undefined) {
    const ecosystems = await wantedEcosystems(query);
    const ended = ecosystems.length === 0 ? undefined : await runUpdate(advisories, ecosystems, signal);
    await noteAdvisoryState(query, { checkedAt: now(), outcome: { update: ended ?? { exitCode: 0, message: '' } } });
  }
  await enqueue(query, { kind: APPLY_ADVISORIES, payload: {}, runAt: now(), key: 'now' });
};

async function wantedEcosystems(query: Query): Promise<string[]> {
  const met = await ecosystemsMet(query);
  const distributions = met.distributions.flatMap((kept) => {
    const distribution = distributionFrom(kept.distribution);
    return distribution ? ecosystemsOf(distribution) : [];
  });
  const known = new Set(met.ecosystems);
  const languages = [...known].flatMap((one) => {
    const type = packageType(one);
    return type === undefined ? [] : (languageEcosystem(type) ?? []);
  });
  return [...new Set([...distributions, ...languages])].sort();
}

interface EndedUpdate {
  readonly exitCode: number | null;
  /** The last words of what it said. */
  readonly message: string;
}

const MAX_MEMORY_MB = 1024;
const MAX_WORDS = 2000;

function runUpdate(
  { program, directory, feedMirror }: AdvisorySettings,
  ecosystems: readonly string[],
  signal: AbortSignal,
): Promise<EndedUpdate> {
  const { promise, resolve, reject } = Promise.withResolvers<EndedUpdate>();
  const from = feedMirror === undefined ? [] : ['--from', feedMirror];
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${MAX_MEMORY_MB}`,
      program,
      'db',
      'update',
      '--quiet',
      '--db-dir',
      directory,
      ...from,
      '--',
      ...ecosystems,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], signal },
  );
  let words = '';
  const listen = (piece: Buffer) => {
    words = (words + piece.toString('utf8')).slice(-MAX_WORDS);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  child.on('error', reject);
  child.on('close', (exitCode) => resolve({ exitCode, message: words.trim() }));
  return promise;
}
