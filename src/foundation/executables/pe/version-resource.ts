import { Fields } from '../fields.ts';
import { bytesAt } from '../image.ts';
import type { Pe } from './header.ts';

/** `ProductName`, `FileVersion`, … as the version resource has them. */
export type VersionStrings = ReadonlyMap<string, string>;

const LITTLE = { isBigEndian: false, wordBytes: 4 } as const;
const RT_VERSION = 16;
const MAX_DIRECTORY_BYTES = 64 * 1024;
const MAX_RESOURCE_BYTES = 64 * 1024;
const MAX_STRINGS = 100;
const MAX_TEXT = 512;
const IS_DIRECTORY = 0x80000000;

/** Of the first language there. Empty when there is no version resource. */
export function versionStrings(pe: Pe): VersionStrings {
  const strings = new Map<string, string>();
  const resource = versionResource(pe);
  // VS_VERSIONINFO > StringFileInfo > StringTable (one a language) > String.
  const root = resource && blockAt(resource, 0, resource.bytes.length);
  if (resource === undefined || root?.key !== 'VS_VERSION_INFO') return strings;
  const info = childrenOf(resource, root).find(({ key }) => key === 'StringFileInfo');
  const table = info && childrenOf(resource, info)[0];
  for (const { key, value, valueUnits } of table ? childrenOf(resource, table) : []) {
    const text = utf16(resource, value, Math.min(valueUnits, MAX_TEXT)).trim();
    if (text !== '' && !strings.has(key)) strings.set(key, text);
  }
  return strings;
}

function versionResource(pe: Pe): Fields | undefined {
  if (pe.resources.size === 0) return undefined;
  const length = Math.min(pe.resources.size, MAX_DIRECTORY_BYTES);
  const directory = new Fields(bytesAt(pe, pe.resources.address, length), LITTLE);
  const types = entriesOf(directory, 0);
  const names = types.find(({ id }) => id === RT_VERSION);
  const languages = names && firstOf(directory, names.to);
  const data = languages === undefined ? undefined : firstOf(directory, languages);
  if (data === undefined || !directory.has(data, 8)) return undefined;
  const size = Math.min(directory.u32(data + 4), MAX_RESOURCE_BYTES);
  return new Fields(bytesAt(pe, directory.u32(data), size), LITTLE);
}

function firstOf(directory: Fields, at: number): number | undefined {
  return at < IS_DIRECTORY ? undefined : entriesOf(directory, at - IS_DIRECTORY)[0]?.to;
}

interface ResourceEntry {
  readonly id: number;
  /** From the start of the resources; with the highest bit set, another directory. */
  readonly to: number;
}

function entriesOf(directory: Fields, at: number): ResourceEntry[] {
  const count = Math.min(directory.u16(at + 12) + directory.u16(at + 14), 1024);
  const entries: ResourceEntry[] = [];
  for (let index = 0; index < count && directory.has(at + 16 + index * 8, 8); index++) {
    const entry = at + 16 + index * 8;
    entries.push({ id: directory.u32(entry), to: directory.u32(entry + 4) });
  }
  return entries;
}

interface Block {
  readonly key: string;
  /** Where its value begins. */
  readonly value: number;
  /** What the header says of the length of the value: characters of texts, bytes of others. */
  readonly valueUnits: number;
  readonly children: number;
  readonly end: number;
}

function blockAt(fields: Fields, at: number, limit: number): Block | undefined {
  const length = fields.u16(at);
  if (length < 6 || at + length > limit) return undefined;
  const key = utf16(fields, at + 6, MAX_TEXT);
  const value = aligned(at + 6 + (key.length + 1) * 2);
  const valueUnits = fields.u16(at + 2);
  const valueBytes = fields.u16(at + 4) === 1 ? valueUnits * 2 : valueUnits;
  return { key, value, valueUnits, children: aligned(value + valueBytes), end: at + length };
}

function childrenOf(fields: Fields, { children, end }: Block): Block[] {
  const found: Block[] = [];
  let at = children;
  while (at < end && found.length < MAX_STRINGS) {
    const block = blockAt(fields, at, end);
    if (block === undefined) break;
    found.push(block);
    at = aligned(block.end);
  }
  return found;
}

function utf16(fields: Fields, at: number, maxUnits: number): string {
  let text = '';
  for (let unit = 0; unit < maxUnits; unit++) {
    const code = fields.u16(at + unit * 2);
    if (code === 0) break;
    text += String.fromCharCode(code);
  }
  return text.replace(/[\0-\x1f\x7f\ud800-\udfff]/g, '?');
}

function aligned(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}
