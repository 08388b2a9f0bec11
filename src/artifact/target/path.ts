import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { detectCompression } from '#foundation/index.ts';
import { looksLikeSbom, SBOM_HEAD_BYTES } from '../document/looks-like-sbom.ts';
import { isLayout } from '../layout/layout.ts';
import { directoryMembers, readMember } from '../members/members.ts';

/** A path of the target's text and what follows it: `image.tar:debian:12` is the file and the selector `debian:12`. */
export interface PathWithSelector {
  readonly path: string;
  /** A name or tag, or `@sha256:…`. */
  readonly selector?: string;
}

/** Splits at the longest part that exists, since names of files may hold colons and at-signs too. */
export async function splitPath(text: string): Promise<PathWithSelector | undefined> {
  if (await exists(text)) return { path: text };
  for (let end = text.length - 1; end > 0; end -= 1) {
    const separator = text[end];
    if (separator !== ':' && separator !== '@') continue;
    const path = text.slice(0, end);
    if (!(await exists(path))) continue;
    const selector = separator === '@' ? text.slice(end) : text.slice(end + 1);
    return selector === '' ? { path } : { path, selector };
  }
  return undefined;
}

/** Whether the text can only be meant as a path, whatever is there. */
export function isPathShaped(text: string): boolean {
  return (
    /^(?:\.{0,2}\/|\.{1,2}$)/.test(text) ||
    /\.(?:tar|tgz|tzst|tar\.(?:gz|zst|zstd|xz|bz2))$/i.test(text) ||
    isDocumentShaped(text)
  );
}

/** Whether the text is the name that a document has. */
export function isDocumentShaped(text: string): boolean {
  return /^[^:]+\.(?:json|jsonl|jsonld|xml|spdx)(?:\.gz)?$/i.test(text);
}

/** `document` is a file that begins as an SBOM does, `archive` one that begins as a tar or packed file does; `file` is any other one. */
export type PathKind = 'document' | 'archive' | 'file' | 'layout' | 'rootfs' | 'directory' | 'other';

/** Directories that stand in every root file system in one or the other combination. */
const ROOT_SIGNS = [
  'etc/os-release',
  'usr/lib/os-release',
  'var/lib/dpkg',
  'lib/apk/db',
  'var/lib/rpm',
  'usr/lib/sysimage/rpm',
];
const ROOT_DIRECTORIES = ['bin', 'etc', 'usr', 'var', 'lib', 'sbin'];

export async function pathKind(path: string): Promise<PathKind> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isFile()) return kindOfFile(path, stats.size);
  if (!stats?.isDirectory()) return 'other';
  if (await isLayout(directoryMembers(path))) return 'layout';
  return (await looksLikeRoot(path)) ? 'rootfs' : 'directory';
}

const TAR_MAGIC = { text: 'ustar', offset: 257 };

async function kindOfFile(path: string, size: number): Promise<PathKind> {
  const length = Math.min(size, SBOM_HEAD_BYTES);
  const head = await readMember({ path, offset: 0, length }, length);
  if (!head.ok) return 'file';
  if (looksLikeSbom(head.value)) return 'document';
  const magic = head.value.toString('latin1', TAR_MAGIC.offset, TAR_MAGIC.offset + TAR_MAGIC.text.length);
  return magic === TAR_MAGIC.text || detectCompression(head.value) !== 'none' ? 'archive' : 'file';
}

async function looksLikeRoot(path: string): Promise<boolean> {
  const signs = await Promise.all(ROOT_SIGNS.map((name) => exists(join(path, name))));
  if (signs.includes(true)) return true;
  const directories = await Promise.all(ROOT_DIRECTORIES.map((name) => exists(join(path, name))));
  return directories.filter(Boolean).length >= 3;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
