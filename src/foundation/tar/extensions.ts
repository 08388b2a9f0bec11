import { DamagedInput } from '../bytes/damaged-input.ts';
import type { HeaderBlock } from './block.ts';
import { type PaxRecords, parsePax } from './pax.ts';
import { fieldText } from './text.ts';

/** What extended headers say about the entry that follows them. */
export interface Extensions {
  pax?: PaxRecords;
  longName?: string;
  longLink?: string;
}

export function extend(extensions: Extensions, header: HeaderBlock, body: Buffer): void {
  if (header.typeflag === 'L') extensions.longName = fieldText(body, 0, body.length);
  else if (header.typeflag === 'K') extensions.longLink = fieldText(body, 0, body.length);
  else extensions.pax = readPax(body);
}

/** True for an entry that needs nothing else to be read first. */
export function isPlain(header: HeaderBlock, { pax }: Extensions): boolean {
  const isSpecial = header.typeflag === 'S' || header.typeflag === 'g' || isExtension(header);
  return !isSpecial && !(pax && isSparse(pax.sparse));
}

export function isExtension(header: HeaderBlock): boolean {
  return header.typeflag === 'x' || header.typeflag === 'L' || header.typeflag === 'K';
}

/** Versions that are not known are read as ordinary files, as by other readers. */
export function isSparse(sparse: Readonly<Record<string, string>>): boolean {
  const version = sparse['major'] === undefined ? '' : `${sparse['major']}.${sparse['minor'] ?? ''}`;
  if (version === '1.0') return true;
  return (version === '' || version === '0.0' || version === '0.1') && sparse['map'] !== undefined;
}

export function readPax(body: Buffer): PaxRecords {
  const pax = parsePax(body);
  if (!pax.ok) throw new DamagedInput('tar-damaged', `The archive is damaged: ${pax.error}.`);
  return pax.value;
}
