import { asBuffer, type Problem, type RandomAccess } from '#foundation/index.ts';
import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution } from '../attribution.ts';
import { type Identity, identitiesOf } from './identity.ts';
import { ArchiveReader, type OpenedArchive } from './unpack.ts';

type ArchiveRecord = {
  readonly name: string;
  readonly version: string;
  /** The way to the archive inside the file; `''` for the file itself. */
  readonly inside: string;
  readonly licences: readonly string[];
};
type ArchiveFragment = { readonly packages: readonly ArchiveRecord[] };

const maxBytes = 1024 ** 3;
const MAX_NAME = 512;
const MAX_VERSION = 256;

/** Java libraries and applications, those inside others included. */
export const javaArchive: Cataloger<ArchiveFragment> = {
  id: 'java-archive',
  title: 'Java archives (jar, war, ear, Jenkins plugins) and those inside them',
  references: [
    'https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html',
    'https://maven.apache.org/shared/maven-archiver/index.html',
    'https://docs.spring.io/spring-boot/specification/executable-jar/nested-jars.html',
  ],
  maturity: 'stable',
  type: 'maven',
  evidence: 'installed',
  revision: 1,
  files: ['.jar', '.war', '.ear', '.par', '.sar', '.jpi', '.hpi'].map((suffix) => ({
    kind: 'suffix',
    suffix,
    maxBytes,
  })),
  read,
  assemble,
};

function read(file: InputFile): Reading<ArchiveFragment> {
  if (file.size === 0 || isSomethingElse(file)) return { problems: [] };
  const opened = new ArchiveReader(file.path).read(accessTo(file));
  if (!opened.ok) {
    const message = `A Java archive could not be read (${opened.error}); its packages are missing.`;
    return { problems: [{ code: 'java-archive-unreadable', message, effect: 'incomplete', subject: file.path }] };
  }
  const identified = opened.value.archives.map((archive) => ({ archive, identities: identitiesOf(archive) }));
  const packages = identified.flatMap(({ archive, identities }) => recordsOf(archive, identities.packages));
  const found = identified.reduce((count, { identities }) => count + identities.packages.length, 0);
  const unusable = found > packages.length ? [unusableName(file.path, found - packages.length)] : [];
  const inferred = identified.some(({ identities }) => identities.hasInferred) ? [inferredName(file.path)] : [];
  const problems = [...opened.value.problems, ...unusable, ...inferred];
  return packages.length > 0 ? { fragment: { packages }, problems } : { problems };
}

function unusableName(subject: string, count: number): Problem {
  const message = 'A package in a Java archive has an impossible name or version and was left out.';
  return { code: 'java-archive-record-unusable', message, effect: 'incomplete', subject, count };
}

function inferredName(subject: string): Problem {
  const message =
    'A Java archive does not carry its Maven coordinates and was named from its manifest or file name; advisories may know it under another name.';
  return { code: 'java-archive-name-inferred', message, effect: 'degraded', subject };
}

/** `.par`, `.sar` and the like are names of other formats, too. */
function isSomethingElse({ path, size, slice }: InputFile): boolean {
  return !/\.(?:jar|war|ear)$/.test(path) && !(size > 1 && asBuffer(slice(0, 2)).toString('latin1') === 'PK');
}

function accessTo({ size, slice }: InputFile): RandomAccess {
  return { size, read: (offset, length) => asBuffer(slice(offset, length)) };
}

function recordsOf({ inside, manifest }: OpenedArchive, identities: readonly Identity[]): ArchiveRecord[] {
  const licences = identities.length === 1 ? licencesIn(manifest) : [];
  return identities
    .filter(({ name, version }) => isPlain(name, MAX_NAME) && isPlain(version, MAX_VERSION))
    .map((identity) => ({ ...identity, inside, licences }));
}

function isPlain(text: string, maxLength: number): boolean {
  return text.length <= maxLength && !/[\0-\x1f\x7f\ufffd]/.test(text);
}

/** `Apache-2.0;link="..."`, `"MIT"`, often an address alone, which says what it says. */
function licencesIn(manifest: ReadonlyMap<string, string>): string[] {
  const texts = (manifest.get('bundle-license') ?? '').slice(0, 1000).split(',');
  return texts
    .map((text) => (text.split(';', 1)[0] ?? '').replaceAll('"', '').trim())
    .filter((text) => text !== '' && text !== '<<EXTERNAL>>');
}

function assemble(fragments: readonly VisibleFragment<ArchiveFragment>[]): Assembly {
  const keyOf = ({ inside, name, version }: ArchiveRecord) => [inside, name, version].join('\0');
  const layerOf = attribution<ArchiveFragment>(({ packages }) => packages.map(keyOf));
  const packages = fragments.flatMap((visible) =>
    distinct(visible.fragment.packages, keyOf).map((record) => {
      const { inside, ...rest } = record;
      return {
        package: { type: 'maven' as const, ...rest },
        path: inside === '' ? visible.path : `${visible.path}!/${inside}`,
        layer: layerOf(visible, keyOf(record)),
      };
    }),
  );
  return { packages, problems: [] };
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
