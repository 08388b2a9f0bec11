import content from '../../../content/rules/secret-places.json' with { type: 'json' };
import { compileGlob } from './glob.ts';

/** Where software comes with what looks like secrets and was published with it. */
export interface PublishedPlace {
  /** Kebab-case. */
  readonly id: string;
  readonly title: string;
  readonly globs: readonly string[];
  /** For rules only that rest on names and looks. */
  readonly isGeneric?: boolean;
}

export const publishedPlaces: readonly PublishedPlace[] = content.places;

/** The place that a path belongs to, for rules of the one kind or the other; undefined for everywhere else. */
export function publishedPlaceOf(path: string, isGenericRule: boolean): PublishedPlace | undefined {
  compiled ??= publishedPlaces.map((place) => ({ place, matchers: place.globs.map(compileGlob) }));
  return compiled.find(
    ({ place, matchers }) => (isGenericRule || place.isGeneric !== true) && matchers.some((matches) => matches(path)),
  )?.place;
}

let compiled: readonly { place: PublishedPlace; matchers: readonly ((path: string) => boolean)[] }[] | undefined;
