import type { Problem } from '#foundation/index.ts';
import { type Row, rowsFor } from './advisories.ts';
import type { ArchiveRelease } from './archive-release.ts';
import { fetchHistory, type HistoryContext, type HistoryOutcome } from './changelog/fetch-history.ts';
import { inParallel } from './in-parallel.ts';
import type { InstalledSource } from './installed-sources.ts';
import type { ProgressMeter } from './progress.ts';
import { type Standing, standing } from './standing.ts';
import type { Offer } from './suite-lists.ts';

/** A source package about which the mirror cannot tell whether it has fixed vulnerabilities. Not assessed is not clean. */
export interface NotCovered {
  readonly source: string;
  readonly version: string;
  readonly reason:
    | 'not-in-mirror'
    | 'newer-than-mirror'
    | 'version-unreadable'
    | 'changelog-missing'
    | 'mirror-unavailable';
  readonly message: string;
}

/** What is known of one installed source. */
export interface Judgement {
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
  readonly notCovered: readonly NotCovered[];
}

const PARALLEL_DOWNLOADS = 6;
const NOTHING: Judgement = { rows: [], problems: [], notCovered: [] };

/** Judges each source by what the suites offer; changelogs are fetched only for those that are behind. */
export async function judgeSources(
  sources: readonly InstalledSource[],
  offers: ReadonlyMap<string, readonly Offer[]>,
  release: ArchiveRelease,
  context: HistoryContext,
  progress: ProgressMeter,
): Promise<Judgement[]> {
  const items = sources.map((source) => ({ source, state: standing(source, offers.get(source.source) ?? []) }));
  progress.start('changelogs', items.filter(({ state }) => state.kind === 'behind').length);
  return inParallel(items, PARALLEL_DOWNLOADS, async ({ source, state }) => {
    if (state.kind !== 'behind') return judgeByStanding(source, state);
    const outcome = await fetchHistory(state.offers, context);
    progress.step();
    return judgeByHistory(source, state.offers, outcome, release);
  });
}

function judgeByStanding(installed: InstalledSource, state: Exclude<Standing, { kind: 'behind' }>): Judgement {
  switch (state.kind) {
    case 'current':
      return NOTHING;
    case 'unknown':
      return notCovered(
        installed,
        'not-in-mirror',
        'no suite of the release has it: it is from elsewhere or was removed',
      );
    case 'ahead':
      return notCovered(
        installed,
        'newer-than-mirror',
        `newer than the release's ${state.newest}: it is from elsewhere`,
      );
    case 'unreadable':
      return notCovered(installed, 'version-unreadable', state.reason);
  }
}

function notCovered(installed: InstalledSource, reason: NotCovered['reason'], message: string): Judgement {
  return { ...NOTHING, notCovered: [{ ...installed, reason, message }] };
}

function judgeByHistory(
  installed: InstalledSource,
  offers: readonly Offer[],
  outcome: HistoryOutcome,
  release: ArchiveRelease,
): Judgement {
  const { rows, reachesInstalled } = rowsFor(installed, offers, outcome, release);
  const newest = offers[0]?.version ?? '';
  const update = `${installed.source} ${newest}`;
  if (outcome.kind === 'missing') {
    const message = `the update ${newest} is pending and what it fixes is not known: ${outcome.reason}`;
    const problem = incomplete(
      'changelog-missing',
      'The changelog of a pending update could not be read from the mirror: which vulnerabilities it fixes is not known.',
      update,
    );
    return { ...notCovered(installed, 'changelog-missing', message), rows, problems: [problem] };
  }
  const problems: Problem[] = [];
  if (!reachesInstalled) {
    const message = 'A changelog does not reach back to the installed version: fixes between the two may be missing.';
    problems.push(incomplete('changelog-short', message, `${installed.source} ${installed.version}`));
  }
  if (outcome.version !== newest) {
    const message =
      'Only the changelog of an earlier update could be read from the mirror: what the newest one fixes is not known.';
    problems.push(incomplete('changelog-older', message, update));
  }
  return { rows, problems, notCovered: [] };
}

function incomplete(code: string, message: string, subject: string): Problem {
  return { code, message, effect: 'incomplete', subject };
}
