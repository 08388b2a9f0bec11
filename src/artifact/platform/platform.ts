import { err, ok, type Result } from '#foundation/index.ts';
import type { Platform } from '../artifact.ts';

const NODE_ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };

/** What people and other tools write, in the words of Go and OCI. */
const SPELLINGS: ReadonlyMap<string, readonly [architecture: string, variant?: string]> = new Map([
  ['x86_64', ['amd64']],
  ['x86-64', ['amd64']],
  ['aarch64', ['arm64']],
  ['armhf', ['arm', 'v7']],
  ['armel', ['arm', 'v6']],
  ['i386', ['386']],
  ['i686', ['386']],
]);

/** The platform whose images this machine runs. Containers are Linux also where the host is not. */
export function hostPlatform(): Platform {
  return normalise('linux', NODE_ARCHITECTURES[process.arch] ?? process.arch, undefined);
}

/** Reads `os/architecture[/variant]` or an architecture alone: `linux/arm64/v8`, `amd64`. */
export function parsePlatform(text: string): Result<Platform> {
  const parts = text.toLowerCase().split('/');
  if (parts.length > 3 || !parts.every((part) => /^[a-z0-9][a-z0-9_.-]{0,31}$/.test(part))) {
    return err(`not a platform: ${JSON.stringify(text.slice(0, 80))}; write it like linux/amd64 or linux/arm64/v8`);
  }
  const [os = '', architecture, variant] = parts.length === 1 ? ['linux', parts[0]] : parts;
  return ok(normalise(os, architecture ?? '', variant));
}

export function renderPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== undefined).join('/');
}

/** Brings spellings together. A 64-bit Arm without variant is v8, a 32-bit one v7, as container engines take them. */
export function normalise(os: string, architecture: string, variant: string | undefined): Platform {
  const [spelling, implied] = SPELLINGS.get(architecture) ?? [architecture];
  const given = variant === '' ? undefined : (variant ?? implied);
  const full = given ?? (spelling === 'arm64' ? 'v8' : spelling === 'arm' ? 'v7' : undefined);
  return { os, architecture: spelling, ...(full !== undefined && { variant: full.replace(/^(\d)/, 'v$1') }) };
}

/**
 * How well an image suits the wish: 0 best, undefined not at all. Lower variants run on higher ones
 * (Arm v6 on v7, amd64 v2 on v3) and are taken when the exact one is missing.
 */
export function suitability(offered: Platform, wanted: Platform): number | undefined {
  if (offered.os !== wanted.os || offered.architecture !== wanted.architecture) return undefined;
  const gap = variantNumber(wanted) - variantNumber(offered);
  return gap < 0 ? undefined : gap;
}

function variantNumber({ architecture, variant }: Platform): number {
  const number = Number(/^v(\d{1,2})$/.exec(variant ?? '')?.[1]);
  return Number.isNaN(number) ? (architecture === 'amd64' ? 1 : 0) : number;
}
