import { type Command, InvalidArgumentError } from 'commander';
import { databaseDirectory } from '#advisory/index.ts';
import { cacheDirectory, type LayerCache, openLayerCache } from '#analysis/index.ts';
import type { OpenOptions } from '#artifact/index.ts';
import type { AdvisoryPolicy } from '#scan/index.ts';

/** Options that every command with a target has. */
export interface TargetFlags {
  readonly platform?: string;
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly caFile?: string;
  readonly insecureTls?: boolean;
  readonly plainHttp?: boolean;
  readonly registryMirror: readonly string[];
  readonly allowRealm: readonly string[];
  readonly packageTypes?: 'system' | 'all';
  /** commander sets it to false for --no-cache. */
  readonly cache: boolean;
}

export interface AdvisoryFlags {
  readonly offline?: boolean;
  readonly dbDir?: string;
  readonly dbMaxAge: number;
  readonly feedMirror?: string;
  readonly packageMirror?: string;
  readonly usePackageMirror: AdvisoryPolicy['usePackageMirror'];
}

export function declareTargetOptions(command: Command): void {
  command
    .option('--platform <os/arch>', 'which image of an index, e.g. linux/arm64/v8 (default: this machine)')
    .option('--username <name>', 'registry user, when the container tools have no login for it')
    .option('--password-stdin', 'read that user’s password from standard input')
    .option('--ca-file <file>', 'also trust these certificates for registries')
    .option('--insecure-tls', 'do not verify registry certificates')
    .option('--plain-http', 'talk plain HTTP to the registry (allowed without this on loopback)')
    .option(
      '--registry-mirror <host=mirror>',
      'ask a mirror first, e.g. docker.io=mirror.example; may be repeated',
      collect,
      [],
    )
    .option(
      '--allow-realm <host>',
      'a token service that may receive the registry password; may be repeated',
      collect,
      [],
    )
    .option('--package-types <kind>', 'system: only packages of the distribution; all (default)', parsePackageTypes)
    .option('--no-cache', 'analyse every layer anew and keep nothing');
}

export function declareAdvisoryOptions(command: Command): void {
  command
    .option('--offline', 'use the advisory data that is here, touch no network for it')
    .option('--db-dir <dir>', 'advisory database directory (default: $PLIMSOLL_DB_DIR or the user data directory)')
    .option('--db-max-age <hours>', 'fetch advisory data again when it is older', parseHours, 24)
    .option('--feed-mirror <dir|url>', 'take the feeds from a mirror instead of their publishers')
    .option('--package-mirror <url|dir>', 'Debian or Ubuntu archive to compare with (default: the one apt uses)')
    .option(
      '--use-package-mirror <when>',
      'auto: when the database cannot answer; always; never',
      parseMirrorUse,
      'auto',
    );
}

export async function openOptions(flags: TargetFlags): Promise<Omit<OpenOptions, 'signal'>> {
  return {
    ...(flags.platform !== undefined && { platform: flags.platform }),
    registries: {
      ...(flags.username !== undefined && { username: flags.username }),
      ...(flags.passwordStdin === true && { password: await readPassword() }),
      ...(flags.caFile !== undefined && { caFile: flags.caFile }),
      insecureTls: flags.insecureTls === true,
      plainHttp: flags.plainHttp === true,
      mirrors: flags.registryMirror,
      allowedRealms: flags.allowRealm,
    },
  };
}

export function layerCache(flags: TargetFlags): LayerCache | 'none' {
  return flags.cache ? openLayerCache(cacheDirectory(process.env)) : 'none';
}

export function advisoryPolicy(flags: AdvisoryFlags): AdvisoryPolicy {
  return {
    network: flags.offline === true ? 'offline' : 'auto',
    databaseDirectory: flags.dbDir ?? databaseDirectory(process.env),
    maxAgeHours: flags.dbMaxAge,
    ...(flags.feedMirror !== undefined && { feedMirror: flags.feedMirror }),
    ...(flags.packageMirror !== undefined && { packageMirror: flags.packageMirror }),
    usePackageMirror: flags.usePackageMirror,
    cacheDirectory: cacheDirectory(process.env),
  };
}

/** For options that may be repeated. */
export function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

const MAX_PASSWORD_BYTES = 64 * 1024;

async function readPassword(): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of process.stdin) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > MAX_PASSWORD_BYTES) throw new Error('the password on standard input is longer than 64 KiB');
  }
  return Buffer.concat(pieces)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

function parsePackageTypes(text: string): 'system' | 'all' {
  if (text === 'system' || text === 'all') return text;
  throw new InvalidArgumentError('Choose system or all.');
}

function parseHours(text: string): number {
  const hours = Number(text);
  if (!Number.isFinite(hours) || hours < 0) throw new InvalidArgumentError('A number of hours, 0 or more.');
  return hours;
}

function parseMirrorUse(text: string): AdvisoryPolicy['usePackageMirror'] {
  if (text === 'auto' || text === 'always' || text === 'never') return text;
  throw new InvalidArgumentError('Choose auto, always or never.');
}
