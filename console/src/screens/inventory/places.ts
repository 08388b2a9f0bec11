import type { Place } from './data.ts';

export interface VersionPlaces {
  readonly type: string;
  readonly version: string;
  readonly assets: readonly { readonly id: string; readonly name: string }[];
}

/** Where a package is, as a row for each version, the one that most have first. */
export function byVersion(places: readonly Pick<Place, 'type' | 'version' | 'asset'>[]): readonly VersionPlaces[] {
  const groups = Map.groupBy(places, ({ type, version }) => `${type} ${version}`);
  return [...groups.values()]
    .flatMap(([first, ...rest]): VersionPlaces[] => {
      if (first === undefined) return [];
      const assets = new Map([first, ...rest].map(({ asset: { id, name } }) => [id, { id, name }]));
      return [{ type: first.type, version: first.version, assets: [...assets.values()] }];
    })
    .sort((a, b) => b.assets.length - a.assets.length || a.version.localeCompare(b.version));
}
