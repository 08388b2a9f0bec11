import type { SourceState } from '../../advisory.ts';
import { SOURCE_ID } from './advisories.ts';
import type { ArchiveRelease } from './archive-release.ts';
import type { MirrorSuite } from './release/fetch-release.ts';
import { shown } from './transport.ts';

/** What a report says of the mirror as a source, its limits included. At least one suite was read. */
export function describeMirror(
  suites: readonly MirrorSuite[],
  release: ArchiveRelease,
  advisories: number,
): SourceState {
  const security = suites.find(({ suite }) => suite.role === 'security');
  const places = [...new Set(suites.map(({ base }) => placeName(base)))];
  const newestList = Math.max(...suites.map((suite) => suite.release.date));
  return {
    source: SOURCE_ID,
    title: `${release.origin} mirror ${places.join(', ')} (${release.codename})`,
    license: 'package lists and changelogs of the distribution',
    attribution: `The ${release.origin} project and its package maintainers`,
    asOf: new Date(security?.release.date ?? newestList).toISOString(),
    fetchedAt: new Date(Math.min(...suites.map((suite) => suite.fetchedAt))).toISOString(),
    advisories,
    limits: [
      'knows fixed vulnerabilities only: what has no fix in the release yet is not listed',
      'takes the names of vulnerabilities from changelogs: a fix that its changelog does not name appears as a pending update or not at all',
      'gives no severity',
      ...(release.vendor === 'ubuntu' ? ['does not know fixes of Expanded Security Maintenance (ESM)'] : []),
    ],
  };
}

/** The server's name, or the directory. */
function placeName(base: string): string {
  const url = URL.parse(base);
  return url === null || url.protocol === 'file:' ? shown(base) : url.host;
}
