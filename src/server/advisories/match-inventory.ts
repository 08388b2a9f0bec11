import { openDatabase } from '#advisory/index.ts';
import {
  noteMatched,
  openMatched,
  type Query,
  type ToldPlace,
  toldPlaces,
  type UnmatchedArtifact,
  unlessAtWork,
  unmatchedArtifact,
} from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';
import type { ServerContext } from '../route.ts';
import { appliedDirectory, MATCH_INVENTORY, ownersOf } from './apply.ts';
import { type MatchedPackages, matchPackages } from './match.ts';
import type { AdvisorySettings } from './settings.ts';

/** Before other jobs get their turn. */
const BUSY_MS = 60_000;

/**
 * Compares the packages of artifacts that came since with all advisories: whoever scanned them may have known less than the server does,
 * and an SBOM was compared with nothing. What the scan told already is not told again.
 */
export const matchInventories: JobHandler = async (_, context, signal) => {
  const { query, advisories } = context;
  if (advisories !== undefined) await unlessAtWork(query, MATCH_INVENTORY, () => matchNow(context, advisories, signal));
};

async function matchNow(
  { query, now }: ServerContext,
  advisories: AdvisorySettings,
  signal: AbortSignal,
): Promise<void> {
  const opened = openDatabase(appliedDirectory(advisories.directory));
  if (!opened.ok) throw new Error(opened.error);
  const database = opened.value;
  const end = performance.now() + BUSY_MS;
  try {
    if (database.sources.length === 0) return;
    while (!signal.aborted && performance.now() < end) {
      const artifact = await unmatchedArtifact(query);
      if (artifact === undefined) return;
      const owners = await ownersOf(query, artifact.packages);
      await noteResult(query, artifact, matchPackages(artifact, owners, database, now()), now());
    }
  } finally {
    database.close();
  }
}

async function noteResult(
  query: Query,
  artifact: UnmatchedArtifact,
  { vulnerabilities, unassessed }: MatchedPackages,
  at: Date,
): Promise<void> {
  const known = new Set((await toldPlaces(query, artifact.id)).map(keyOf));
  const untold = vulnerabilities.filter(
    ({ packageId, finding }) => !finding.ids.some((rule) => known.has(keyOf({ rule, packageId }))),
  );
  await openMatched(query, untold, { artifact: artifact.id, at, because: 'inventory' });
  const isComplete = unassessed.every(({ reason }) => reason === 'third-party-package');
  await noteMatched(query, artifact, vulnerabilities, isComplete, at);
}

function keyOf({ rule, packageId }: ToldPlace): string {
  return `${packageId} ${rule}`;
}
