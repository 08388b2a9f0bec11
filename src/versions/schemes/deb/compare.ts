import type { Result } from '#foundation/index.ts';
import { releaseIndex } from '../../characters.ts';
import { compareDebianPart } from '../../debian-order.ts';
import { compareEpochs, epochLength } from '../../epoch.ts';
import { ordering, unreadable } from '../../ordering.ts';
import type { CompareOptions, Ordering } from '../../version-scheme.ts';

/**
 * Orders `[epoch:]upstream[-revision]`. What dpkg only warns about (an upstream version that starts with a letter,
 * unusual punctuation) is ordered as dpkg orders it; what dpkg refuses is an error. A missing revision counts as `0`.
 */
export function compareDeb(a: string, b: string, options?: CompareOptions): Result<Ordering> {
  const fault = findFault(a) ?? findFault(b);
  if (fault) return fault;
  const aEpoch = epochLength(a);
  const bEpoch = epochLength(b);
  const epochs = compareEpochs(a, aEpoch, b, bEpoch, options?.missingEpoch ?? 'zero');
  if (epochs !== 0) return ordering(epochs);
  const aSplit = releaseIndex(a);
  const bSplit = releaseIndex(b);
  const upstreams = compareDebianPart(a, aEpoch + 1, aSplit, b, bEpoch + 1, bSplit);
  if (upstreams !== 0) return ordering(upstreams);
  return ordering(compareDebianPart(a, aSplit + 1, a.length, b, bSplit + 1, b.length));
}

/** dpkg keeps epochs in a C `int` and refuses larger ones. */
const highestEpoch = 2_147_483_647;

function findFault(text: string): Result<never> | undefined {
  const colon = text.indexOf(':');
  if (colon >= 0) {
    if (epochLength(text) !== colon) return unreadable('deb', text, 'the epoch before the colon is not a number');
    if (Number(text.slice(0, colon)) > highestEpoch) return unreadable('deb', text, 'the epoch is too big');
  }
  const split = releaseIndex(text);
  if (split <= colon + 1) return unreadable('deb', text, 'there is no upstream version');
  if (split === text.length - 1) return unreadable('deb', text, 'there is nothing after the last hyphen');
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code >= 127) return unreadable('deb', text, 'it contains a blank or a character outside ASCII');
  }
  return undefined;
}
