import assert from 'node:assert/strict';
import type { Advisory } from '../../src/advisory/advisory.ts';
import type { AdvisorySource, FeedRecord } from '../../src/advisory/advisory-source.ts';
import { type AdvisoryDocument, documentOf } from '../../src/advisory/documents/document.ts';

export interface FeedRead {
  readonly records: readonly FeedRecord[];
  readonly advisories: readonly Advisory[];
  /** `code effect count` of each problem. */
  readonly problems: readonly string[];
  readonly failure: string | undefined;
}

/** Reads a document as the feed of the source with this id. */
export async function readFeed(
  source: AdvisorySource,
  feedId: string,
  document: AdvisoryDocument | string | Buffer,
): Promise<FeedRead> {
  const feed = source.feed(feedId);
  assert.ok(feed, `${source.id} has a feed ${feedId}`);
  const records: FeedRecord[] = [];
  const read = typeof document === 'string' || Buffer.isBuffer(document) ? documentOf('document', document) : document;
  for await (const batch of source.parse(read, feed)) records.push(...batch);
  const problems = records.flatMap((record) => (record.kind === 'problem' ? [record.problem] : []));
  return {
    records,
    advisories: records.flatMap((record) => (record.kind === 'advisory' ? [record.advisory] : [])),
    problems: problems.map(({ code, effect, count = 1 }) => `${code} ${effect} ${count}`),
    failure: records.flatMap((record) => (record.kind === 'failure' ? [record.message] : []))[0],
  };
}

/** `ecosystem name <fixed` of each statement, with its state where it is not fixed and what limits it. */
export function statementsOf(advisories: readonly Advisory[]): string[] {
  return advisories.flatMap(({ affected }) =>
    affected.map(({ ecosystem, name, status, ranges, module, architectures }) => {
      const bounds = ranges.map(
        ({ introduced = '', fixed, lastAffected }) =>
          `${introduced}${fixed !== undefined ? `<${fixed}` : lastAffected !== undefined ? `<=${lastAffected}` : '*'}`,
      );
      const limits = [module, ...(architectures ?? [])].filter((each) => each !== undefined);
      return [ecosystem, name, ...(status === 'fixed' ? [] : [status]), ...bounds, ...limits].join(' ');
    }),
  );
}
