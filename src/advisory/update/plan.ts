import type { AdvisorySource, Feed } from '../advisory-source.ts';
import type { Manifest } from '../database/manifest.ts';
import { advisorySource, advisorySources } from '../sources/index.ts';

/** One feed to bring up to date. */
export interface PlannedFeed {
  readonly source: AdvisorySource;
  readonly feed: Feed;
}

/** Who is asked about an ecosystem: the first step that brings data for it ends the search. */
export interface EcosystemPlan {
  readonly ecosystem: string;
  readonly steps: readonly (readonly PlannedFeed[])[];
}

/**
 * By default the sources speak in the registry's order and the first that has the ecosystem is enough: a distribution's own
 * tracker, or else the export that is made from it. With sources named, all of them are fetched.
 */
export function planEcosystem(ecosystem: string, only: readonly string[] | undefined): EcosystemPlan {
  const steps = advisorySources
    .filter((source) => source.kind === 'advisories' && (only === undefined || only.includes(source.id)))
    .map((source: AdvisorySource) => source.feedsFor(ecosystem).map((feed): PlannedFeed => ({ source, feed })))
    .filter((feeds) => feeds.some(({ feed }) => only !== undefined || feed.onlyWhenNamed === undefined));
  return { ecosystem, steps: only === undefined ? steps : steps.length === 0 ? [] : [steps.flat()] };
}

export function planEnrichment(only: readonly string[] | undefined): readonly PlannedFeed[] {
  return advisorySources
    .filter((source) => source.kind === 'enrichment' && (only === undefined || only.includes(source.id)))
    .flatMap((source: AdvisorySource) => source.feedsFor('').map((feed) => ({ source, feed })))
    .filter(({ feed }) => only !== undefined || feed.onlyWhenNamed === undefined);
}

/** What stands in the database already. Shards of sources that are not known any more are left as they are. */
export function planRefresh(manifest: Manifest, only: readonly string[] | undefined): readonly PlannedFeed[] {
  return manifest.flatMap((entry) => {
    const source = advisorySource(entry.source);
    const feed = source?.feed(entry.feed);
    const wanted = only === undefined || only.includes(entry.source);
    return source && feed && wanted ? [{ source, feed }] : [];
  });
}
