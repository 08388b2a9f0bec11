import type { Facts } from '#model/index.ts';
import type { SbomComponent } from './document.ts';

const PREFIX = 'plimsoll:';

/** The facts that our own writers gave a component, by their own names. */
export function ownFactsOf({ properties }: Pick<SbomComponent, 'properties'>): Facts {
  const own = [...properties].filter(([name]) => name.startsWith(PREFIX));
  return new Map(own.map(([name, values]) => [name.slice(PREFIX.length), values]));
}
