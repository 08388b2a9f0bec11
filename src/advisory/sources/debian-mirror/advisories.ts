import { versionScheme } from '#versions/index.ts';
import type { Advisory, AdvisoryLookup, AdvisoryMatch, AffectedPackage, SourceState } from '../../advisory.ts';
import type { ArchiveRelease } from './archive-release.ts';
import type { HistoryOutcome } from './changelog/fetch-history.ts';
import type { HistoryEntry } from './changelog/history.ts';
import { type PendingFix, pendingFixes } from './changelog/pending-fixes.ts';
import type { InstalledSource } from './installed-sources.ts';
import type { Offer } from './suite-lists.ts';

export const SOURCE_ID = 'debian-mirror';

/** One vulnerability, or one pending security update without a name for it, of one source. */
export interface Row {
  readonly advisory: Omit<Advisory, 'affected'>;
  readonly affected: AffectedPackage;
}

/** What follows from an installed source, the offers that are newer and their history. */
export function rowsFor(
  installed: InstalledSource,
  offers: readonly Offer[],
  outcome: HistoryOutcome,
  release: ArchiveRelease,
): { readonly rows: readonly Row[]; readonly reachesInstalled: boolean } {
  const pending =
    outcome.kind === 'read'
      ? pendingFixes(outcome.history, installed.version, release)
      : { fixes: [], reachesInstalled: false };
  const rows = pending.fixes.map((fix) => namedRow(fix, installed.source, release));
  const security = offers.find((offer) => offer.role === 'security');
  if (security && !pending.fixes.some((fix) => isAtLeast(fix.fixed, security.version))) {
    rows.push(unnamedRow(security, outcome, release));
  }
  return { rows, reachesInstalled: pending.reachesInstalled };
}

function isAtLeast(version: string, other: string): boolean {
  const order = versionScheme('deb')?.compare(version, other);
  return order?.ok === true && order.value >= 0;
}

function namedRow(fix: PendingFix, source: string, release: ArchiveRelease): Row {
  return {
    advisory: {
      ...emptyAdvisory(fix.id),
      references: [trackerUrl(release.vendor, fix.id)],
      ...(fix.summary !== undefined && { summary: fix.summary }),
      ...(fix.date !== undefined && { published: fix.date }),
    },
    affected: affected(release, source, fix.fixed, fix.notes.join(', ')),
  };
}

/** A security update whose changelog names no vulnerability, or whose changelog could not be read: said, never silent. */
function unnamedRow(offer: Offer, outcome: HistoryOutcome, release: ArchiveRelease): Row {
  const suite = offer.mirror.suite.name;
  const entry =
    outcome.kind === 'read' ? outcome.history.entries.find(({ version }) => version === offer.version) : undefined;
  return {
    advisory: {
      ...emptyAdvisory(`PENDING-${suite.replace('/', '-')}-${offer.source}-${offer.version}`),
      summary: `Security update ${offer.version} of ${offer.source} is pending; ${whyUnnamed(offer, outcome, entry)}`,
      ...(entry?.date !== undefined && { published: entry.date }),
    },
    affected: affected(release, offer.source, offer.version, entry?.notices.join(', ') ?? ''),
  };
}

function whyUnnamed(offer: Offer, outcome: HistoryOutcome, entry: HistoryEntry | undefined): string {
  if (entry !== undefined) return `its changelog names no CVE${entry.headline === '' ? '' : `: ${entry.headline}`}`;
  const isRead = outcome.kind === 'read' && isAtLeast(outcome.version, offer.version);
  return isRead ? 'the changelog does not speak of it' : 'its changelog could not be read from the mirror';
}

function emptyAdvisory(id: string): Omit<Advisory, 'affected'> {
  return { id, source: SOURCE_ID, aliases: [], bundles: [], severity: 'unknown', scores: [], references: [] };
}

function affected(release: ArchiveRelease, source: string, fixed: string, note: string): AffectedPackage {
  return {
    ecosystem: release.ecosystem,
    name: source,
    subject: 'source',
    scheme: 'deb',
    status: 'fixed',
    ranges: [{ fixed }],
    versions: [],
    ...(note !== '' && { note }),
  };
}

function trackerUrl(vendor: ArchiveRelease['vendor'], id: string): string {
  return vendor === 'debian'
    ? `https://security-tracker.debian.org/tracker/${id}`
    : `https://ubuntu.com/security/${id}`;
}

/** The same statement follows from every installed version of a source that it concerns; once is enough. */
export function withoutRepeats(rows: readonly Row[]): Row[] {
  const seen = new Map<string, Row>();
  for (const row of rows) seen.set(`${row.advisory.id} ${row.affected.name} ${row.affected.ranges[0]?.fixed}`, row);
  return [...seen.values()];
}

/** One advisory an id; the sources that it concerns become its affected packages. */
export function mergeRows(rows: readonly Row[]): Advisory[] {
  const byId = new Map<string, { advisory: Row['advisory']; affected: AffectedPackage[] }>();
  for (const { advisory, affected: item } of rows) {
    const known = byId.get(advisory.id);
    if (known) known.affected.push(item);
    else byId.set(advisory.id, { advisory, affected: [item] });
  }
  return [...byId.values()].map((entry) => ({ ...entry.advisory, affected: entry.affected }));
}

/** Answers for the one release that was asked about. */
export function createLookup(rows: readonly Row[], ecosystem: string, state: SourceState): AdvisoryLookup {
  const bySource = new Map<string, AdvisoryMatch[]>();
  for (const row of rows) {
    const list = bySource.get(row.affected.name);
    if (list) list.push(row);
    else bySource.set(row.affected.name, [row]);
  }
  return {
    find: (asked, name) => (asked === ecosystem ? (bySource.get(name) ?? []) : []),
    enrich: () => ({}),
    coverage: (asked) => (asked === ecosystem ? [state] : []),
  };
}
