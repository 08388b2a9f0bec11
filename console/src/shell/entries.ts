import { may } from '../api/me.ts';
import type { Me } from '../api/queries.ts';
import { type NavigationEntry, navigation } from './navigation.ts';

/** The part of the navigation that somebody may use. */
export function visibleEntries(me: Me): readonly NavigationEntry[] {
  return navigation.filter(({ permission }) => permission === undefined || may(me, permission));
}
