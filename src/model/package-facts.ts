import { asMembers, asText, entriesOf, parseJsonText } from '#foundation/documents/index.ts';
import { parseDigest } from './digest.ts';
import type { Distribution } from './distribution.ts';
import type { LinkedSymbols } from './linked-symbols.ts';
import { type InstalledPackage, type LayerOrigin, type PackageScope, packageType, pathList } from './package.ts';

/**
 * One thing that is known of a package, as a name and a text. Exchange formats have places of their own for little more than
 * name, version and package URL; all else travels as facts: properties of CycloneDX, annotations of SPDX.
 */
export type Fact = readonly [name: string, value: string];

/** Facts by name; a name may occur more than once. */
export type Facts = ReadonlyMap<string, readonly string[]>;

/** Everything but name, version, package URL and dependencies, which every format has a place for, and the list of files. */
export function packageFacts(pkg: InstalledPackage): Fact[] {
  const { layer } = pkg.origin;
  return known([
    ['type', pkg.type],
    ['architecture', pkg.architecture],
    ['sourceName', pkg.source?.name],
    ['sourceVersion', pkg.source?.version],
    ...pkg.licences.map((text): Fact => ['licence', text]),
    ['vendor', pkg.vendor],
    ['maintainer', pkg.maintainer],
    ['modularity', pkg.modularity],
    ['scope', pkg.scope],
    ['relation', pkg.relation],
    ['qualifiers', pkg.qualifiers && JSON.stringify(pkg.qualifiers)],
    ['linkedPackages', pkg.symbols?.packages],
    ['linkedFunctions', pkg.symbols?.functions],
    ...(pkg.cpes ?? []).map((text): Fact => ['cpe', text]),
    ...(pkg.advisoryNames ?? []).map((one): Fact => ['advisoryName', JSON.stringify([one.ecosystem, one.name])]),
    ['cataloger', pkg.cataloger],
    ['evidence', pkg.evidence],
    ['ownedBy', pkg.ownedBy],
    ['path', pkg.origin.path],
    ['layerIndex', layer && String(layer.index)],
    ['layerDiffId', layer?.diffId],
  ]);
}

/** What a format says in places of its own, and what the document as a whole tells. */
export interface FactContext {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  /** Used where no fact says otherwise. */
  readonly licences: readonly string[];
  readonly vendor?: string | undefined;
  readonly maintainer?: string | undefined;
  readonly dependencies?: readonly string[] | undefined;
  /** By index. */
  readonly layers: ReadonlyMap<number, LayerOrigin>;
}

/** The package of which these are the facts; undefined when they are not those that `packageFacts` writes. */
export function packageFromFacts(facts: Facts, context: FactContext): InstalledPackage | undefined {
  const one = (name: string): string | undefined => facts.get(name)?.[0];
  const type = packageType(one('type') ?? '');
  const cataloger = one('cataloger');
  if (type === undefined || cataloger === undefined) return undefined;
  const layer = layerFrom(one('layerIndex'), one('layerDiffId'), context.layers);
  const sourceName = one('sourceName');
  const files = one('files');
  return {
    type,
    name: context.name,
    version: context.version,
    licences: facts.get('licence') ?? context.licences,
    purl: context.purl,
    cataloger,
    evidence: one('evidence') === 'declared' ? 'declared' : 'installed',
    origin: { path: one('path') ?? '', ...(layer && { layer }) },
    ...(sourceName !== undefined && { source: { name: sourceName, version: one('sourceVersion') ?? context.version } }),
    ...defined({
      architecture: one('architecture'),
      vendor: one('vendor') ?? context.vendor,
      maintainer: one('maintainer') ?? context.maintainer,
      modularity: one('modularity'),
      files: files === undefined ? undefined : pathList(files.split('\n')),
      scope: scopes.get(one('scope') ?? ''),
      relation: relations.get(one('relation') ?? ''),
      dependencies: context.dependencies,
      qualifiers: qualifiersFrom(one('qualifiers')),
      symbols: symbolsFrom(one('linkedPackages'), one('linkedFunctions')),
      cpes: facts.get('cpe'),
      advisoryNames: facts.get('advisoryName')?.flatMap(advisoryNameFrom),
      ownedBy: one('ownedBy'),
    }),
  };
}

export function distributionFacts(distribution: Distribution): Fact[] {
  return known([
    ['distribution', distribution.id],
    ...distribution.idLike.map((id): Fact => ['idLike', id]),
    ['title', distribution.name],
    ['release', distribution.version],
    ['codename', distribution.codename],
    ['pointRelease', distribution.pointRelease],
    ...(distribution.extendedSupport ?? []).map((service): Fact => ['extendedSupport', service]),
    ...(distribution.contentSets ?? []).map((name): Fact => ['contentSet', name]),
    ...(distribution.imageBuilds ?? []).map((name): Fact => ['imageBuild', name]),
    ['distroless', distribution.distroless === true ? 'true' : undefined],
    ['foundIn', distribution.evidence],
  ]);
}

/** When its support ends is left to the reader, who may know better than the document did. */
export function distributionFromFacts(facts: Facts): Distribution | undefined {
  const one = (name: string): string | undefined => facts.get(name)?.[0];
  const id = one('distribution') ?? '';
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(id)) return undefined;
  return {
    id,
    idLike: facts.get('idLike') ?? [],
    name: one('title') ?? id,
    evidence: one('foundIn') ?? '',
    ...(one('distroless') === 'true' && { distroless: true }),
    ...defined({
      version: releaseFrom(one('release')),
      codename: one('codename'),
      pointRelease: releaseFrom(one('pointRelease')),
      extendedSupport: facts.get('extendedSupport'),
      contentSets: facts.get('contentSet'),
      imageBuilds: facts.get('imageBuild'),
    }),
  };
}

const scopes = new Map<string, PackageScope>([
  ['runtime', 'runtime'],
  ['development', 'development'],
  ['optional', 'optional'],
]);

const relations = new Map([
  ['root', 'root' as const],
  ['direct', 'direct' as const],
  ['transitive', 'transitive' as const],
]);

function known(pairs: readonly (readonly [name: string, value: string | undefined])[]): Fact[] {
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** Without the members that are undefined, which mean the same and compare differently. */
function defined<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> };
}

const MAX_LAYERS = 10_000;

function layerFrom(
  indexText: string | undefined,
  diffIdText: string | undefined,
  layers: ReadonlyMap<number, LayerOrigin>,
): LayerOrigin | undefined {
  const index = Number(indexText ?? Number.NaN);
  if (!Number.isInteger(index) || index < 0 || index > MAX_LAYERS) return undefined;
  const diffId = parseDigest(diffIdText ?? '');
  const told = layers.get(index);
  if (!diffId.ok || told?.diffId === diffId.value) return told;
  return { index, diffId: diffId.value, part: 'unknown' };
}

function qualifiersFrom(text: string | undefined): Record<string, string> | undefined {
  const read = parseJsonText(text ?? '');
  if (!read.ok || asMembers(read.value) === undefined) return undefined;
  const pairs = entriesOf(read.value).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(pairs.filter(([key]) => /^[a-z][a-z0-9._-]{0,63}$/.test(key)));
}

function symbolsFrom(packages: string | undefined, functions: string | undefined): LinkedSymbols | undefined {
  if (packages === undefined) return undefined;
  return functions === undefined ? { packages } : { packages, functions };
}

function advisoryNameFrom(text: string): { ecosystem: string; name: string }[] {
  const read = parseJsonText(text);
  if (!read.ok || !Array.isArray(read.value)) return [];
  const ecosystem = asText(read.value[0]);
  const name = asText(read.value[1]);
  return ecosystem === undefined || name === undefined ? [] : [{ ecosystem, name }];
}

/** A release becomes part of keys and addresses. */
function releaseFrom(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9A-Za-z][0-9A-Za-z._~+-]{0,63}$/.test(text) ? text : undefined;
}
