import { type NamedArchive, parseFileName } from './file-name.ts';
import { knownGroup } from './known-groups.ts';
import type { Coordinates } from './properties.ts';

/** What one archive, without those inside it, tells of itself. */
export interface Evidence {
  /** Name of the file, or of the entry in the archive around it. */
  readonly name: string;
  /** Several when other libraries were merged into it. */
  readonly coordinates: readonly Coordinates[];
  readonly manifest: ReadonlyMap<string, string>;
  readonly hasClasses: boolean;
}

export interface Identity {
  /** `group:artifact`, or the artifact alone when nothing tells the group. */
  readonly name: string;
  /** Empty when nothing tells it. */
  readonly version: string;
}

/** Packages of one archive, and whether they are known for certain. */
export interface Identities {
  readonly packages: readonly Identity[];
  /** True when one was named from manifest or file name: advisories may know it under another name. */
  readonly hasInferred: boolean;
}

/**
 * The packages that an archive is made of. Coordinates written by the build are certain; only when none of them speaks of
 * the archive itself is it named from its manifest and its file name.
 */
export function identitiesOf(evidence: Evidence): Identities {
  const certain = evidence.coordinates.map(({ group, artifact, version }) => ({
    name: `${group}:${artifact}`,
    version,
  }));
  const file = parseFileName(evidence.name);
  const stated = versionIn(evidence.manifest);
  if (isRuntimeImage(evidence) || evidence.coordinates.some((known) => speaksOf(known, file, stated)))
    return { packages: certain, hasInferred: false };
  const own = storedAs(evidence.name, file) ?? wellKnown(file, stated);
  if (own !== undefined) return { packages: [...certain, own], hasInferred: false };
  const inferred = inferredIdentity(file, evidence.manifest, stated);
  if (inferred !== undefined) return { packages: [...certain, inferred], hasInferred: true };
  const isUnnamed = certain.length === 0 && evidence.hasClasses;
  return isUnnamed
    ? { packages: [{ name: file.artifact, version: '' }], hasInferred: true }
    : { packages: certain, hasInferred: false };
}

/** A part of every Java runtime, no library. */
function isRuntimeImage({ name }: Evidence): boolean {
  return name.endsWith('/jrt-fs.jar') || name === 'jrt-fs.jar';
}

/** Distributions spell names anew: `geronimo-annotation-1.3-spec.jar` is `geronimo-annotation_1.3_spec`. */
function speaksOf({ artifact, version }: Coordinates, file: NamedArchive, stated: string | undefined): boolean {
  return version === file.version || version === stated || lettersOf(file.stem).startsWith(lettersOf(artifact));
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** In a repository of Maven the path tells: `.m2/repository/org/example/charts/1.2/charts-1.2.jar`. */
function storedAs(path: string, { stem }: NamedArchive): Identity | undefined {
  const parts = path.split('/');
  const [artifactPart, versionPart] = parts.slice(-3, -1);
  const root = parts.findLastIndex((part) => part === 'repository' || part === 'maven2' || part === 'maven-repo');
  const group = parts.slice(root + 1, -3).join('.');
  if (root === -1 || group === '' || artifactPart === undefined || versionPart === undefined) return undefined;
  const isStored = stem.startsWith(`${artifactPart}-${versionPart}`);
  return isStored ? { name: `${group}:${artifactPart}`, version: versionPart } : undefined;
}

function wellKnown({ artifact, version: named }: NamedArchive, stated: string | undefined): Identity | undefined {
  const version = named ?? stated ?? '';
  const group = version === '' ? undefined : knownGroup(artifact, version);
  return group === undefined ? undefined : { name: `${group}:${artifact}`, version };
}

function inferredIdentity(
  file: NamedArchive,
  manifest: ReadonlyMap<string, string>,
  stated: string | undefined,
): Identity | undefined {
  const version = file.version ?? stated;
  const artifact = file.version === undefined ? (titleIn(manifest) ?? file.artifact) : file.artifact;
  if (version === undefined || version === '' || artifact === '') return undefined;
  const group = groupIn(manifest, file.version === undefined ? undefined : artifact);
  return { name: group === undefined ? artifact : `${group}:${artifact}`, version };
}

function versionIn(manifest: ReadonlyMap<string, string>): string | undefined {
  return firstOf(manifest, 'plugin-version', 'implementation-version', 'bundle-version', 'specification-version');
}

/** Jenkins plugins have a short name; what others have is a title for people, better than a file name such as `app.jar`. */
function titleIn(manifest: ReadonlyMap<string, string>): string | undefined {
  return firstOf(manifest, 'short-name', 'implementation-title', 'specification-title', 'bundle-name');
}

/** Stated as vendor by libraries of many groups. */
const VENDORS = new Set([
  'org.apache',
  'com.sun',
  'com.google',
  'com.oracle',
  'com.ibm',
  'org.eclipse',
  'com.microsoft',
]);
const GROUP = /^[A-Za-z][\w-]*(?:\.[A-Za-z_][\w-]*)+$/;
/** `jul.to.slf4j` is the name of a bundle and begins with no domain. */
const DOMAIN =
  /^(?:com|org|net|io|edu|gov|dev|app|me|info|eu|us|uk|at|be|br|ch|cn|cz|de|fr|it|jp|nl|pl|ru|se|jakarta|javax)\./;

/**
 * Bundles are called `<group>.<end of the artifact>`: `org.apache.logging.log4j.core` is `log4j-core` of
 * `org.apache.logging.log4j`. A bundle that ends otherwise does not tell the group of an artifact whose name is known.
 */
function groupIn(manifest: ReadonlyMap<string, string>, artifact: string | undefined): string | undefined {
  const stated = firstOf(manifest, 'group-id', 'implementation-vendor-id');
  if (stated !== undefined && GROUP.test(stated) && !VENDORS.has(stated)) return stated;
  const bundle = (manifest.get('bundle-symbolicname') ?? '').split(';', 1)[0]?.trim() ?? '';
  if (!DOMAIN.test(bundle)) return undefined;
  const at =
    artifact !== undefined && bundle.endsWith(`.${artifact}`)
      ? bundle.length - artifact.length - 1
      : bundle.lastIndexOf('.');
  const ends = artifact === undefined || artifact.endsWith(bundle.slice(at + 1));
  if (!ends) return undefined;
  const group = bundle.slice(0, at);
  // `org.opentest4j` is of itself: no group is a top-level domain.
  return group.includes('.') ? group : bundle;
}

function firstOf(manifest: ReadonlyMap<string, string>, ...keys: readonly string[]): string | undefined {
  return keys
    .map((key) => manifest.get(key))
    .find((value) => value !== undefined && value !== '' && !value.includes('${'));
}
