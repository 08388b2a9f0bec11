import { asMembers, asText, parseJsonText } from '#foundation/documents/index.ts';
import { type Digest, type Facts, type LayerOrigin, parseDigest, parsePackageUrl } from '#model/index.ts';
import type { SbomComponent } from './document.ts';
import { ownFactsOf } from './own.ts';

/** The artifact that a document describes, as far as it tells. */
export interface SbomSubject {
  readonly kind: 'image' | 'tree';
  readonly name: string;
  /** How our own scan opened it. */
  readonly scheme?: string;
  readonly manifestDigest?: Digest;
  readonly indexDigest?: Digest;
  readonly configDigest?: Digest;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly tags: readonly string[];
  /** Bottom first; without gaps. */
  readonly layers: readonly SubjectLayer[];
}

export interface SubjectLayer extends LayerOrigin {
  readonly blobDigest?: Digest;
  /** Bytes. */
  readonly size?: number;
}

/** `fallback` names what is described where the document does not. */
export function subjectOf(component: SbomComponent | undefined, fallback: string): SbomSubject {
  if (component === undefined) return { kind: 'tree', name: fallback, tags: [], layers: [] };
  const facts = ownFactsOf(component);
  return facts.has('scheme') ? ownSubject(component, facts) : foreignSubject(component);
}

function ownSubject({ name }: SbomComponent, facts: Facts): SbomSubject {
  const one = (fact: string): string | undefined => facts.get(fact)?.[0];
  const platform = platformFrom(one('platform') ?? '');
  return {
    kind: one('kind') === 'image' ? 'image' : 'tree',
    name,
    ...digestMember('manifestDigest', one('manifestDigest')),
    ...digestMember('indexDigest', one('indexDigest')),
    ...digestMember('configDigest', one('configDigest')),
    ...(one('scheme') && { scheme: one('scheme') ?? '' }),
    ...(platform && { platform }),
    tags: facts.get('tag') ?? [],
    layers: withoutGaps((facts.get('layer') ?? []).map(layerFrom)),
  };
}

function foreignSubject(component: SbomComponent): SbomSubject {
  const { name, type, version, purl, properties } = component;
  const oci = purl !== undefined && /^pkg:(?:oci|docker)\//i.test(purl) ? parsePackageUrl(purl) : undefined;
  const isImage = oci?.ok === true || /^container$/i.test(type ?? '');
  // One property for each, or one for all of them.
  const diffIds = (properties.get('aquasecurity:trivy:DiffID') ?? []).flatMap((text) => text.split(','));
  const inPurl = oci?.ok ? oci.value.version : undefined;
  return {
    kind: isImage ? 'image' : 'tree',
    name: isImage || version === undefined ? name : `${name} ${version}`,
    ...(isImage && digestMember('manifestDigest', inPurl ?? version)),
    ...digestMember('configDigest', properties.get('aquasecurity:trivy:ImageID')?.[0]),
    tags: properties.get('aquasecurity:trivy:RepoTag') ?? [],
    layers: withoutGaps(
      diffIds.map((text, index) => {
        const diffId = parseDigest(text);
        return diffId.ok ? { index, diffId: diffId.value, part: 'unknown' as const } : undefined;
      }),
    ),
  };
}

type DigestName = 'manifestDigest' | 'indexDigest' | 'configDigest' | 'blobDigest';

function digestMember<K extends DigestName>(key: K, text: string | undefined): { readonly [P in K]?: Digest } {
  const digest = parseDigest(text ?? '');
  // A computed key widens to an index signature; the key is K all the same.
  return digest.ok ? ({ [key]: digest.value } as { readonly [P in K]?: Digest }) : {};
}

function platformFrom(text: string): SbomSubject['platform'] {
  const read = parseJsonText(text);
  const members = read.ok ? asMembers(read.value) : undefined;
  const os = asText(members?.['os']);
  const architecture = asText(members?.['architecture']);
  const variant = asText(members?.['variant']);
  if (os === undefined || architecture === undefined) return undefined;
  return { os, architecture, ...(variant !== undefined && { variant }) };
}

const parts = new Map([
  ['base', 'base' as const],
  ['own', 'own' as const],
]);

function layerFrom(text: string): SubjectLayer | undefined {
  const read = parseJsonText(text);
  const layer = read.ok ? asMembers(read.value) : undefined;
  const diffId = parseDigest(asText(layer?.['diffId']) ?? '');
  const index = layer?.['index'];
  const size = layer?.['size'];
  const instruction = asText(layer?.['instruction']);
  if (!diffId.ok || typeof index !== 'number') return undefined;
  return {
    index,
    diffId: diffId.value,
    ...digestMember('blobDigest', asText(layer?.['blobDigest'])),
    ...(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 && { size }),
    ...(instruction !== undefined && { instruction }),
    part: parts.get(asText(layer?.['part']) ?? '') ?? 'unknown',
  };
}

/** Layers are numbered; a list with a hole or a jump is none. */
function withoutGaps(layers: readonly (SubjectLayer | undefined)[]): SubjectLayer[] {
  const known = layers.filter((layer) => layer !== undefined);
  return known.length === layers.length && known.every(({ index }, position) => index === position) ? known : [];
}
