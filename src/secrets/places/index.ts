import content from '../../../content/rules/secret-places.json' with { type: 'json' };
import type { Confidence } from '../rules/rule.ts';
import { compileGlob } from './glob.ts';

/** Where software comes with what looks like secrets and was published with it. */
export interface PublishedPlace {
  /** Kebab-case. */
  readonly id: string;
  readonly title: string;
  readonly globs: readonly string[];
  /** For findings only that are not of high confidence. */
  readonly isForUnsure?: boolean;
}

export const publishedPlaces: readonly PublishedPlace[] = content.places;

/** The place that a path belongs to, for a finding of such confidence; undefined for everywhere else. */
export function publishedPlaceOf(path: string, confidence: Confidence): PublishedPlace | undefined {
  if (confidence === 'verified') return undefined;
  compiled ??= publishedPlaces.map((place) => ({ place, matchers: place.globs.map(compileGlob) }));
  return compiled.find(
    ({ place, matchers }) =>
      (confidence !== 'high' || place.isForUnsure !== true) && matchers.some((matches) => matches(path)),
  )?.place;
}

let compiled: readonly { place: PublishedPlace; matchers: readonly ((path: string) => boolean)[] }[] | undefined;
