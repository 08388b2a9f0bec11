import type { Result } from '#foundation/index.ts';
import { compareDebianPart } from '../../debian-order.ts';
import { ordering, unreadable } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';

/** Debian's order without epochs: a colon is a character like others. */
export function compareOpam(a: string, b: string): Result<Ordering> {
  const fault = findFault(a) ?? findFault(b);
  if (fault) return fault;
  const aSplit = revisionIndex(a);
  const bSplit = revisionIndex(b);
  const upstreams = compareDebianPart(a, 0, aSplit, b, 0, bSplit);
  if (upstreams !== 0) return ordering(upstreams);
  return ordering(compareDebianPart(a, aSplit + 1, a.length, b, bSplit + 1, b.length));
}

function revisionIndex(text: string): number {
  const hyphen = text.lastIndexOf('-');
  return hyphen < 0 ? text.length : hyphen;
}

function findFault(text: string): Result<never> | undefined {
  if (text === '') return unreadable('opam', text, 'it is empty');
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code >= 127) return unreadable('opam', text, 'it contains a blank or a character outside ASCII');
  }
  return undefined;
}
