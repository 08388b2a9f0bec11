import type { Problem } from '#foundation/index.ts';
import type { Unit } from '#model/index.ts';
import type { Advisory, Enrichment } from './advisory.ts';
import type { AdvisoryDocument } from './documents/document.ts';

/**
 * A publisher whose data can be kept in the local database. A source only declares its feeds and reads their documents:
 * it never touches network, disk or clock. The updater fetches documents (network, mirror, resume, conditions), builds
 * one shard of the database from each feed, and keeps the old shard when anything fails.
 *
 * @example
 * const feed = osv.feedsFor('pypi')[0];          // the export `PyPI/all.zip`
 * for await (const batch of osv.parse(document, feed)) …
 */
export interface AdvisorySource extends Unit {
  /** `advisories` speak about packages, `enrichment` about vulnerability ids. */
  readonly kind: 'advisories' | 'enrichment';
  /**
   * The feeds to read to know all that this source says about an ecosystem key (`debian:12`, `npm`; see `ecosystem.ts`).
   * Empty when it does not speak for the key. Enrichment sources answer every key, the empty one included, with their feed.
   */
  feedsFor(ecosystem: string): readonly Feed[];
  /** The feed with this id, to update or describe a shard that stands already. */
  feed(id: string): Feed | undefined;
  /**
   * Reads one document of a feed: in batches, in bounded memory, pure. Records that cannot be read are problems with the
   * effect `incomplete`; a `failure` ends the stream and means that nothing read so far may be used.
   */
  parse(document: AdvisoryDocument, feed: Feed): AsyncIterable<readonly FeedRecord[]>;
}

/** One published document: what is fetched, built, replaced and reported as a whole. */
export interface Feed {
  /** Unique within its source, stable, and safe as part of a file name: `debian`, `v3.22-main`. */
  readonly id: string;
  /** Id of its source. */
  readonly source: string;
  /** For people: `OSV.dev, PyPI`. */
  readonly title: string;
  /** SPDX expression where there is one, else the publisher's own words. */
  readonly license: string;
  /** Whom to name beside the data. */
  readonly attribution: string;
  /** What a reader of a report must know: `lists fixed vulnerabilities only`. */
  readonly limits: readonly string[];
  /** Why this feed is only fetched when the user allows it; absent for free feeds. */
  readonly restricted?: string;
  /** Why this feed is only fetched when its source is named or it is in the database already; absent for the others. */
  readonly onlyWhenNamed?: string;
  /** Ecosystem keys that the document speaks for even when it holds no statement for them; more may be found in it. */
  readonly ecosystems: readonly string[];
  /** Where the publisher has it, or where the way to it begins. */
  readonly url: string;
  /** The way to it from `url`, for publishers who move it. */
  readonly via?: readonly FeedStep[];
  /** Where a mirror has it, in order of preference; `*` stands for anything but a slash, and the last name in order wins. */
  readonly mirrorPaths: readonly string[];
  /** No honest document of this feed is larger; as fetched. */
  readonly maxBytes: number;
}

/**
 * `mirror-list`: the address holds a list of addresses, the first of which is the next. `repository-updates`: the address is that
 * of a repository of rpm packages, whose `repodata/repomd.xml` names its `updateinfo`. `file-name`: the address holds the name of
 * a file beside it.
 */
export type FeedStep = 'mirror-list' | 'repository-updates' | 'file-name';

export type FeedRecord =
  | { readonly kind: 'advisory'; readonly advisory: Advisory }
  | { readonly kind: 'enrichment'; readonly id: string; readonly enrichment: Enrichment }
  /** When the publisher says the data is from (ISO 8601); the latest wins. */
  | { readonly kind: 'as-of'; readonly date: string }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** The document as a whole is not what it should be. */
  | { readonly kind: 'failure'; readonly message: string };
