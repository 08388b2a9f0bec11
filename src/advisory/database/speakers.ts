import { advisorySources } from '../sources/index.ts';
import type { ShardEntry } from './manifest.ts';

export interface Speakers {
  readonly entries: readonly ShardEntry[];
  /** Some source is here with all its parts, so that silence about a package means that nothing is known against it. */
  readonly complete: boolean;
}

/**
 * Which shards answer for an ecosystem: those of the first source in the registry's order that is here whole. A
 * distribution's own tracker so outvotes the export made from it, which knows fewer states. With half a source only (one
 * of Alpine's two repositories), whatever is here answers, but the answer is not complete.
 */
export function speakersFor(ecosystem: string, manifest: readonly ShardEntry[]): Speakers {
  const speaking = manifest.filter((entry) => entry.kind === 'advisories' && entry.ecosystems.includes(ecosystem));
  for (const source of advisorySources) {
    const feeds = source.kind === 'advisories' ? source.feedsFor(ecosystem) : [];
    const entries = speaking.filter((entry) => entry.source === source.id);
    const whole = feeds.length > 0 && feeds.every((feed) => entries.some((entry) => entry.feed === feed.id));
    if (whole) return { entries, complete: true };
  }
  return { entries: speaking, complete: false };
}
