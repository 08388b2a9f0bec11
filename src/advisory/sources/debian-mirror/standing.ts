import { versionScheme } from '#versions/index.ts';
import type { InstalledSource } from './installed-sources.ts';
import type { Offer } from './suite-lists.ts';

/** How an installed source stands against the mirror. */
export type Standing =
  | { readonly kind: 'current' }
  /** The offers that are newer than what is installed, newest first. */
  | { readonly kind: 'behind'; readonly offers: readonly Offer[] }
  /** In no suite: from elsewhere, or removed from the release. */
  | { readonly kind: 'unknown' }
  /** Newer than all that the release offers: from another release, a backport or another vendor. */
  | { readonly kind: 'ahead'; readonly newest: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

export function standing(installed: InstalledSource, offers: readonly Offer[]): Standing {
  const scheme = versionScheme('deb');
  if (scheme === undefined || offers.length === 0) return { kind: 'unknown' };
  const newer: Offer[] = [];
  let best = -1;
  for (const offer of offers) {
    const order = scheme.compare(offer.version, installed.version);
    if (!order.ok) return { kind: 'unreadable', reason: order.error };
    if (order.value > 0) newer.push(offer);
    best = Math.max(best, order.value);
  }
  if (newer.length > 0) return { kind: 'behind', offers: newestFirst(newer) };
  return best === 0 ? { kind: 'current' } : { kind: 'ahead', newest: newestFirst(offers)[0]?.version ?? '' };
}

/** Equal versions of several suites stay in the order security, updates, base. */
function newestFirst(offers: readonly Offer[]): Offer[] {
  return [...offers].sort((a, b) => {
    const order = versionScheme('deb')?.compare(b.version, a.version);
    return order?.ok === true ? order.value : 0;
  });
}
