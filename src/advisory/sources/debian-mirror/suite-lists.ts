import type { Problem } from '#foundation/index.ts';
import type { SuiteRole } from './archive-release.ts';
import { fetchIndex, type IndexContext, type IndexName } from './index/fetch-index.ts';
import { findRows, type SourceRow } from './index/source-row.ts';
import type { MirrorSuite } from './release/fetch-release.ts';

/** A source as one suite offers it. */
export interface Offer extends SourceRow {
  readonly role: SuiteRole;
  readonly mirror: MirrorSuite;
  readonly component: string;
}

export interface SuiteLists {
  /** By source name. A source that is not here is in none of the suites. */
  readonly offers: ReadonlyMap<string, readonly Offer[]>;
  readonly problems: readonly Problem[];
}

/**
 * Looks the wanted sources up in all suites, one component after the other until every source has been found somewhere:
 * most content needs `main` alone.
 */
export async function readSuiteLists(
  mirrors: readonly MirrorSuite[],
  components: readonly string[],
  wanted: ReadonlySet<string>,
  architecture: string,
  context: IndexContext,
): Promise<SuiteLists> {
  const offers = new Map<string, Offer[]>();
  const problems: Problem[] = [];
  for (const component of components) {
    if ([...wanted].every((source) => offers.has(source))) break;
    const served = mirrors.filter(({ release }) => release.components.includes(component));
    const lists = await Promise.all(
      served.map((mirror) => readComponent(mirror, component, wanted, architecture, context)),
    );
    for (const list of lists) {
      problems.push(...list.problems);
      for (const offer of list.offers) offers.set(offer.source, [...(offers.get(offer.source) ?? []), offer]);
    }
  }
  return { offers, problems };
}

/** Sources where the mirror has them, for their changelogs are small; otherwise the binary packages. */
async function readComponent(
  mirror: MirrorSuite,
  component: string,
  wanted: ReadonlySet<string>,
  architecture: string,
  context: IndexContext,
): Promise<{ offers: Offer[]; problems: Problem[] }> {
  const { role } = mirror.suite;
  const toOffer = (row: SourceRow): Offer => ({ ...row, role, mirror, component });
  const sources = await fetchIndex(mirror, component, 'source/Sources', context);
  if (sources.ok && sources.value !== undefined)
    return { offers: findRows(sources.value, wanted).map(toOffer), problems: [] };
  const packages = await fetchIndex(mirror, component, packagesIndex(architecture), context);
  if (packages.ok) {
    const rows = packages.value === undefined ? [] : findRows(packages.value, wanted);
    return { offers: rows.map(toOffer), problems: [] };
  }
  const problem: Problem = {
    code: 'mirror-index-missing',
    message: `The package lists of ${mirror.suite.name}/${component} could not be had (${packages.error.message}); fixes there are not known.`,
    effect: component === 'main' ? 'incomplete' : 'degraded',
    subject: `${mirror.suite.name}/${component}`,
  };
  return { offers: [], problems: [problem] };
}

export function packagesIndex(architecture: string): IndexName {
  return `binary-${architecture}/Packages`;
}
