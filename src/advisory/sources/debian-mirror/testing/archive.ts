import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** Builders of small archives for tests: tar, .deb and a whole mirror tree. */

export interface TarEntry {
  readonly path: string;
  readonly content?: string | Buffer;
  /** Makes it a symbolic link. */
  readonly linkTo?: string;
  /** Type flag, when it is to be another than the content implies. */
  readonly type?: string;
}

export function tar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(tarEntry), Buffer.alloc(1024)]);
}

function tarEntry({ path, content = '', linkTo, type }: TarEntry): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write(type ?? (linkTo === undefined ? '0' : '2'), 156);
  header.write(linkTo ?? '', 157, 100);
  header.write('ustar\x0000', 257);
  header.write('        ', 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

export function deb(entries: readonly TarEntry[]): Buffer {
  const member = (name: string, bytes: Buffer): Buffer => {
    const header = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(bytes.length).padEnd(10)}\`\n`;
    return Buffer.concat([Buffer.from(header), bytes, Buffer.alloc(bytes.length % 2, '\n')]);
  };
  const parts = [
    member('debian-binary', Buffer.from('2.0\n')),
    member('control.tar.gz', gzipSync(tar([]))),
    member('data.tar.gz', gzipSync(tar(entries))),
  ];
  return Buffer.concat([Buffer.from('!<arch>\n'), ...parts]);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A source as a suite of the test mirror offers it. */
export interface TestSource {
  readonly source: string;
  readonly version: string;
  readonly changelog: string;
  /** What the mirror serves of it; both by default. The indexes name both in any case. */
  readonly serves?: 'source' | 'binary' | 'nothing';
}

export interface TestSuite {
  readonly name: string;
  readonly sources: readonly TestSource[];
  readonly origin?: string;
  readonly validUntil?: string;
  /** Leaves the `Sources` index out, as mirrors without deb-src do. */
  readonly binaryOnly?: boolean;
}

/** The files of a mirror by path, e.g. `dists/bookworm/InRelease`. Not signed: the armour holds nonsense. */
export function mirrorFiles(suites: readonly TestSuite[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const suite of suites) addSuite(files, suite);
  return files;
}

function addSuite(files: Map<string, Buffer>, suite: TestSuite): void {
  const sources: string[] = [];
  const packages: string[] = [];
  for (const item of suite.sources) {
    const stanzas = addSource(files, item);
    sources.push(stanzas.source);
    packages.push(stanzas.package);
  }
  const indexes = new Map([['main/binary-amd64/Packages.gz', gzipSync(packages.join('\n'))]]);
  if (!suite.binaryOnly) indexes.set('main/source/Sources.gz', gzipSync(sources.join('\n')));
  const lines = [...indexes].map(([path, bytes]) => ` ${sha256(bytes)} ${bytes.length} ${path}`);
  for (const [path, bytes] of indexes) files.set(`dists/${suite.name}/${path}`, bytes);
  files.set(`dists/${suite.name}/InRelease`, inRelease(suite, lines));
}

function addSource(files: Map<string, Buffer>, item: TestSource): { source: string; package: string } {
  const { source, version, changelog, serves } = item;
  const pool = `pool/main/${source[0]}/${source}`;
  const packaging = gzipSync(tar([{ path: 'debian/changelog', content: changelog }]));
  const binary = deb([{ path: `./usr/share/doc/${source}/changelog.Debian.gz`, content: gzipSync(changelog) }]);
  const plain = version.replace(/^\d+:/, '');
  const names = { packaging: `${source}_${plain}.debian.tar.gz`, binary: `${source}_${plain}_amd64.deb` };
  if (serves === undefined || serves === 'source') files.set(`${pool}/${names.packaging}`, packaging);
  if (serves === undefined || serves === 'binary') files.set(`${pool}/${names.binary}`, binary);
  return {
    source: `Package: ${source}\nVersion: ${version}\nDirectory: ${pool}\nChecksums-Sha256:\n ${sha256(packaging)} ${packaging.length} ${names.packaging}\n`,
    package: `Package: ${source}\nVersion: ${version}\nFilename: ${pool}/${names.binary}\nSize: ${binary.length}\nSHA256: ${sha256(binary)}\n`,
  };
}

function inRelease(suite: TestSuite, indexLines: readonly string[]): Buffer {
  const text = [
    '-----BEGIN PGP SIGNED MESSAGE-----',
    'Hash: SHA256',
    '',
    `Origin: ${suite.origin ?? 'Debian'}`,
    `Codename: ${suite.name}`,
    'Date: Sat, 21 Nov 2026 00:53:02 UTC',
    ...(suite.validUntil === undefined ? [] : [`Valid-Until: ${suite.validUntil}`]),
    'Acquire-By-Hash: no',
    'Components: main',
    'SHA256:',
    ...indexLines,
    '-----BEGIN PGP SIGNATURE-----',
    '',
    '-----END PGP SIGNATURE-----',
    '',
  ];
  return Buffer.from(text.join('\n'));
}
