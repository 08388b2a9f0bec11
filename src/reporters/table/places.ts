import type { FileLocation } from '#model/index.ts';
import { counted } from '../wording.ts';

/** `etc/app.conf:3, layer 2 (own), deleted by a later layer`. */
export function placeWords({ path, line, layer, isDeleted }: FileLocation): string {
  const where = line === undefined ? path : `${path}:${line}`;
  const part = layer === undefined || layer.part === 'unknown' ? '' : ` (${layer.part})`;
  return [
    where,
    ...(layer === undefined ? [] : [`layer ${layer.index}${part}`]),
    ...(isDeleted ? ['deleted by a later layer, and still in the image'] : []),
  ].join(', ');
}

export function moreWords(hidden: number, one: string): string {
  return `and ${counted(hidden, `more ${one}`)}; --verbose lists all`;
}
