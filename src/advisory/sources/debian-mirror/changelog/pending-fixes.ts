import { versionScheme } from '#versions/index.ts';
import type { History, HistoryEntry } from './history.ts';

/** A vulnerability that the installed version still has, as far as the changelog tells. */
export interface PendingFix {
  readonly id: string;
  /** First version of this release that has the fix. */
  readonly fixed: string;
  readonly summary?: string;
  readonly date?: string;
  /** Notices and bug numbers. */
  readonly notes: readonly string[];
}

export interface PendingFixes {
  readonly fixes: readonly PendingFix[];
  /** The changelog goes back to the installed version; when false, older fixes may be missing. */
  readonly reachesInstalled: boolean;
}

/** Which uploads of the changelog went to the scanned release. */
export interface ReleaseNames {
  readonly vendor: 'debian' | 'ubuntu';
  readonly codename: string;
}

/** Debian's maintainers also write the moving names; in a changelog of this release's own branch they mean this release. */
const MOVING_NAMES = /^(?:old)*stable(?:-security|-updates|-proposed-updates)?$/;

/**
 * The fixes between the installed version (exclusive) and the newest entry (inclusive). A vulnerability counts as fixed by
 * the oldest entry that names it, so what an entry up to the installed version names is not pending however often later
 * entries repeat it.
 */
export function pendingFixes(history: History, installed: string, release: ReleaseNames): PendingFixes {
  const { entries } = history;
  const split = entries.findIndex((entry) => entry.version === installed);
  const boundary = split >= 0 ? split : entries.findIndex((entry) => isContainedIn(entry.version, installed));
  const end = boundary < 0 ? entries.length : boundary;
  const known = new Set(entries.slice(end).flatMap((entry) => entry.fixes.map(({ id }) => id)));
  const carriers = carrierVersions(entries, release);
  const fixes = new Map<string, PendingFix>();
  // Newest first: an older entry that names the same id replaces it.
  for (const [index, entry] of entries.slice(0, end).entries()) {
    for (const { id, summary, bugs = [] } of entry.fixes) {
      if (known.has(id)) continue;
      const text = summary ?? fixes.get(id)?.summary;
      fixes.set(id, {
        id,
        fixed: carriers[index] ?? entry.version,
        notes: [...entry.notices, ...bugs],
        ...(text !== undefined && { summary: text }),
        ...(entry.date !== undefined && { date: entry.date }),
      });
    }
  }
  return { fixes: [...fixes.values()], reachesInstalled: boundary >= 0 };
}

/**
 * Whether a version's changes are part of another. `2.4.68-1~deb12u1` is a rebuild of `2.4.68-1` for an older release: it
 * sorts before it and contains it.
 */
function isContainedIn(version: string, installed: string): boolean {
  if (installed.startsWith(`${version}~`)) return true;
  const order = versionScheme('deb')?.compare(version, installed);
  return order?.ok === true && order.value <= 0;
}

/**
 * For each entry the version through which its changes came into the release. Entries for unstable that lie below an
 * upload to the release came in through that upload, unless the upload builds upon a version that the release had already.
 */
function carrierVersions(entries: readonly HistoryEntry[], release: ReleaseNames): string[] {
  const carriers: string[] = [];
  let carrier: string | undefined;
  for (const [index, entry] of entries.entries()) {
    if (isUploadTo(entry, release)) {
      carrier = entry.version;
      carriers.push(entry.version);
    } else {
      const above = entries[index - 1];
      const isGround = above !== undefined && above.version === carrier && extendsVersion(above.version, entry.version);
      if (isGround) carrier = undefined;
      carriers.push(carrier ?? entry.version);
    }
  }
  return carriers;
}

function isUploadTo(entry: HistoryEntry, { vendor, codename }: ReleaseNames): boolean {
  return entry.distributions.some(
    (name) => name === codename || name.startsWith(`${codename}-`) || (vendor === 'debian' && MOVING_NAMES.test(name)),
  );
}

/** `1.2-3+deb12u1`, `1.2-3ubuntu0.1` and `1.2-3.1` build upon `1.2-3`; `1.2-3~deb12u1` is a rebuild of it. */
function extendsVersion(version: string, ground: string): boolean {
  return version.startsWith(ground) && version[ground.length] !== '~';
}
