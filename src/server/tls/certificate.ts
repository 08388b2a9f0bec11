import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { type Certified, issueCertificate, makeAuthority } from '#foundation/certificates/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';

/** Where the server's certificate comes from. */
export type TlsSettings =
  /** Of the user, as PEM; read again when it changes. */
  | { readonly kind: 'files'; readonly certificate: string; readonly key: string }
  /** Of an authority of the server's own, kept in the directory `tls` of this one. */
  | { readonly kind: 'generated'; readonly directory: string; readonly hosts: readonly string[] };

export interface ServerCertificate extends Certified {
  /** `AB:CD:...`, SHA-256 of what clients see: of the certificate, or of the authority where that is our own. */
  readonly fingerprint: string;
  /** File for clients to trust; absent for a certificate of the user. */
  readonly authority?: string;
}

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
/** Browsers refuse certificates of years. */
const LEAF_DAYS = 90;
/** Time enough for somebody to notice that it could not be renewed. */
const RENEW_DAYS = 30;

/** The certificate to show at this time; made or renewed where it is our own. Errors are whole sentences. */
export async function serverCertificate(settings: TlsSettings, now: Date): Promise<Result<ServerCertificate>> {
  try {
    return settings.kind === 'files' ? await fromFiles(settings, now) : ok(await generated(settings, now));
  } catch (error) {
    return err(`The certificate cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

async function fromFiles(
  { certificate: file, key: keyFile }: Extract<TlsSettings, { kind: 'files' }>,
  now: Date,
): Promise<Result<ServerCertificate>> {
  const [certificate, key] = await Promise.all([readFile(file, 'utf8'), readFile(keyFile, 'utf8')]);
  const read = new X509Certificate(certificate);
  if (!read.checkPrivateKey(createPrivateKey(key)))
    return err(`The key in ${keyFile} is not the one of the certificate in ${file}.`);
  if (Date.parse(read.validTo) < now.getTime()) return err(`The certificate in ${file} ended on ${read.validTo}.`);
  return ok({ certificate, key, fingerprint: read.fingerprint256 });
}

async function generated(
  { directory, hosts }: Extract<TlsSettings, { kind: 'generated' }>,
  now: Date,
): Promise<ServerCertificate> {
  const place = join(directory, 'tls');
  await mkdir(place, { recursive: true, mode: 0o700 });
  const kept = await readPair(place, 'authority');
  const authority = kept && remainingDays(kept, now) > LEAF_DAYS ? kept : await newAuthority(place, now);
  const current = await readPair(place, 'server');
  const leaf =
    current && isGood(current, authority, hosts, now) ? current : await newLeaf(place, authority, hosts, now);
  return {
    // With its authority, for clients that pin that one.
    certificate: leaf.certificate + authority.certificate,
    key: leaf.key,
    fingerprint: new X509Certificate(authority.certificate).fingerprint256,
    authority: join(place, 'authority.crt'),
  };
}

function remainingDays({ certificate }: Certified, now: Date): number {
  return (Date.parse(new X509Certificate(certificate).validTo) - now.getTime()) / DAY_MS;
}

function isGood(leaf: Certified, authority: Certified, hosts: readonly string[], now: Date): boolean {
  const [read, issuer] = [new X509Certificate(leaf.certificate), new X509Certificate(authority.certificate)];
  const isFor = (host: string) => (isIP(host) ? read.checkIP(host) : read.checkHost(host)) !== undefined;
  return remainingDays(leaf, now) > RENEW_DAYS && read.verify(issuer.publicKey) && hosts.every(isFor);
}

async function newAuthority(place: string, now: Date): Promise<Certified> {
  const made = await makeAuthority({ name: 'Plimsoll authority of this server', ...period(now, AUTHORITY_DAYS) });
  return writePair(place, 'authority', made);
}

async function newLeaf(place: string, authority: Certified, hosts: readonly string[], now: Date): Promise<Certified> {
  const leaf = await issueCertificate(authority, { name: hosts[0] ?? 'plimsoll', hosts, ...period(now, LEAF_DAYS) });
  return writePair(place, 'server', leaf);
}

/** From the day before: clocks differ. */
function period(now: Date, days: number) {
  return { notBefore: new Date(now.getTime() - DAY_MS), notAfter: new Date(now.getTime() + days * DAY_MS) };
}

/** Undefined when it is not there, or one of the two is not the other's. */
async function readPair(place: string, name: string): Promise<Certified | undefined> {
  try {
    const [certificate, key] = await Promise.all(
      ['crt', 'key'].map((end) => readFile(join(place, `${name}.${end}`), 'utf8')),
    );
    if (certificate === undefined || key === undefined) return undefined;
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)) ? { certificate, key } : undefined;
  } catch {
    return undefined;
  }
}

async function writePair(place: string, name: string, pair: Certified): Promise<Certified> {
  await writeWhole(join(place, `${name}.key`), pair.key, 0o600);
  await writeWhole(join(place, `${name}.crt`), pair.certificate, 0o644);
  return pair;
}

async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const fresh = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(fresh, text, { mode, flush: true });
  await rename(fresh, path);
}
