import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { err, isLoopback, ok, type Result } from '#foundation/index.ts';
import {
  parseAddressRange,
  type RunningServer,
  type ServerRole,
  serve,
  serverRoles,
  type TlsSettings,
} from '#server/index.ts';
import { defaultDataDirectory } from '../server-data.ts';
import { declareServerAdvisoryOptions, type ServerAdvisoryFlags, serverAdvisories } from './serve-advisories.ts';
import { collect } from './target-options.ts';

/** Options of the commands that start the server. */
export interface ServeFlags extends ServerAdvisoryFlags {
  readonly data?: string;
  readonly database?: string;
  readonly listen: Listen;
  readonly tls?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsName: readonly string[];
  readonly publicUrl?: string;
  readonly trustedProxy: readonly string[];
  readonly insecureHttp?: boolean;
  readonly role: ServerRole;
  readonly allowAddress: readonly string[];
}

export interface Listen {
  readonly host: string;
  readonly port: number;
}

export function declareServeOptions(command: Command): Command {
  return declareServerAdvisoryOptions(command)
    .option(
      '--data <dir>',
      'directory for all its data (default: /var/lib/plimsoll for root, else ~/.local/share/plimsoll)',
    )
    .option('--database <url>', 'postgres://user:password@host/name, PostgreSQL 15 or newer')
    .option('--listen <host:port>', 'where it answers', parseListen, { host: '127.0.0.1', port: 7480 })
    .option('--tls', 'answer by TLS on this machine too; for other machines it does so by itself')
    .option('--tls-cert <file>', 'certificate with its chain, as PEM (default: one of an authority of its own)')
    .option('--tls-key <file>', 'its key, as PEM')
    .option('--tls-name <host>', 'name or address that its own certificate is good for, too (repeatable)', collect, [])
    .option('--public-url <url>', 'where people reach it, e.g. https://plimsoll.example', parsePublicUrl)
    .option(
      '--trusted-proxy <range>',
      'address or range of a proxy in front whose X-Forwarded-For is believed (repeatable)',
      collectRange,
      [],
    )
    .option('--insecure-http', 'answer other machines without TLS; for a proxy in front that has it')
    .addOption(
      new Option('--role <role>', 'what this process does; several work together on one --database')
        .choices(serverRoles)
        .default('all'),
    )
    .option(
      '--allow-address <range>',
      'address or range beside the internet that channels, trackers and registries may be at, e.g. 10.2.0.0/16 (repeatable)',
      collectRange,
      [],
    );
}

function parsePublicUrl(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash) return url.origin;
  throw new InvalidArgumentError('Give it as https://plimsoll.example, without a path.');
}

export function parseListen(text: string): Listen {
  const match = /^(.+):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (!match?.[1] || port > 65_535)
    throw new InvalidArgumentError('Give it as host:port, e.g. 127.0.0.1:7480 or [::]:7480.');
  return { host: match[1].replace(/^\[(.*)\]$/, '$1'), port };
}

function collectRange(text: string, before: readonly string[]): readonly string[] {
  const range = parseAddressRange(text);
  if (!range.ok) throw new InvalidArgumentError(range.error);
  return [...before, range.value];
}

export function dataDirectoryOf({ data }: Pick<ServeFlags, 'data'>): string {
  return data ?? defaultDataDirectory();
}

/** Starts the server that the options describe. Errors are whole sentences. */
export async function startServer(flags: ServeFlags, log: 'requests' | 'failures'): Promise<Result<RunningServer>> {
  const { database, listen, role, allowAddress, insecureHttp, publicUrl, trustedProxy } = flags;
  const directory = dataDirectoryOf(flags);
  const keyFile = process.env['PLIMSOLL_KEY_FILE'];
  const tls = tlsOf(flags, directory);
  if (!tls.ok) return tls;
  return serve({
    database: database ? { kind: 'url', url: database } : { kind: 'embedded', directory },
    ...listen,
    ...(tls.value && { tls: tls.value }),
    ...(publicUrl !== undefined && { publicUrl }),
    trustedProxies: trustedProxy,
    insecureHttp: insecureHttp === true,
    role,
    keyFile: keyFile || join(directory, 'secrets.key'),
    makeKey: !keyFile,
    allowedAddresses: allowAddress,
    advisories: serverAdvisories(flags, directory),
    log,
  });
}

/** This machine is answered without TLS unless it is wanted, others by TLS unless it is not. */
function tlsOf(flags: ServeFlags, directory: string): Result<TlsSettings | undefined> {
  const { tls, tlsCert: certificate, tlsKey: key, tlsName, insecureHttp, listen, publicUrl } = flags;
  if ((certificate === undefined) !== (key === undefined)) return err('--tls-cert and --tls-key belong together.');
  if (certificate !== undefined && key !== undefined) return ok({ kind: 'files', certificate, key });
  const isLocal = isLoopback(listen.host === '::1' ? '[::1]' : listen.host);
  if (tls !== true && (isLocal || insecureHttp === true)) return ok(undefined);
  const named = publicUrl === undefined ? [] : [new URL(publicUrl).hostname];
  const own = isIP(listen.host) && !/^(?:0\.0\.0\.0|::)$/.test(listen.host) ? [listen.host] : [];
  const hosts = new Set([
    ...named,
    ...tlsName,
    hostname(),
    'localhost',
    ...own,
    '127.0.0.1',
    '::1',
    ...addresses(isLocal),
  ]);
  return ok({ kind: 'generated', directory, hosts: [...hosts] });
}

/** Of this machine, on which others reach it. */
function addresses(isLocal: boolean): string[] {
  if (isLocal) return [];
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return found.flatMap(({ address, scopeid }) => (scopeid ? [] : [address])).slice(0, 50);
}

/** A line about the certificate, for whoever connects the first time. */
export function certificateNote({ certificate }: RunningServer): string | undefined {
  if (certificate === undefined) return undefined;
  const { authority, fingerprint } = certificate;
  return authority === undefined
    ? `Its certificate has the SHA-256 fingerprint ${fingerprint}.`
    : `Its certificate is of its own authority, ${authority}, with the SHA-256 fingerprint ${fingerprint}.`;
}

/** Until the user or the system wants it to end; it may have come while the server was starting. */
export async function untilInterrupted(interrupted: AbortSignal): Promise<void> {
  if (!interrupted.aborted)
    await new Promise((resolve) => interrupted.addEventListener('abort', resolve, { once: true }));
}
