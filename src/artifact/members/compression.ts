import { type Compression, detectCompression, ok, type Result } from '#foundation/index.ts';
import type { TargetError } from '../target-error.ts';
import { type MemberFile, readMember } from './members.ts';

/** Long enough for the magic numbers of all packers. */
const HEAD_BYTES = 8;
const SUFFIXES: Readonly<Partial<Record<Compression, string>>> = { gzip: '+gzip', zstd: '+zstd' };

/** Archives do not say how their layers are packed; the first bytes do. */
export async function sniffMediaType(file: MemberFile): Promise<Result<string, TargetError>> {
  const compression = await sniffCompression(file);
  return compression.ok
    ? ok(`application/vnd.oci.image.layer.v1.tar${SUFFIXES[compression.value] ?? ''}`)
    : compression;
}

export async function sniffCompression(file: MemberFile): Promise<Result<Compression, TargetError>> {
  const head = await readMember({ ...file, length: Math.min(file.length, HEAD_BYTES) }, HEAD_BYTES);
  return head.ok ? ok(detectCompression(head.value)) : head;
}
