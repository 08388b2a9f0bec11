import type { Digest, PackageType, PackageUrl } from '#model/index.ts';
import { parseDigest, parseSourceRpm } from '#model/index.ts';
import type { SbomComponent } from './document.ts';

/** The first property of one of these names. */
export function propertyOf({ properties }: SbomComponent, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = properties.get(name)?.[0];
    if (value) return value;
  }
  return undefined;
}

/**
 * What a system package was built from: the `upstream` of its package URL, Trivy's and Syft's properties, or the sentence that Trivy
 * writes into SPDX. Undefined when nothing tells: some tools leave it out where it is the package itself.
 */
export function sourceOf(
  component: SbomComponent,
  type: PackageType,
  purl: PackageUrl,
  version: string,
): { name: string; version: string } | undefined {
  return (
    trivySource(component) ??
    sourceRpm(type, propertyOf(component, 'syft:metadata:sourceRpm')) ??
    upstreamSource(type, purl.qualifiers['upstream'], version) ??
    syftSource(component, version) ??
    sourceInSentence(component)
  );
}

function trivySource(component: SbomComponent): { name: string; version: string } | undefined {
  const name = propertyOf(component, 'aquasecurity:trivy:SrcName');
  const upstream = propertyOf(component, 'aquasecurity:trivy:SrcVersion');
  if (name === undefined || upstream === undefined) return undefined;
  const epoch = Number(propertyOf(component, 'aquasecurity:trivy:SrcEpoch') ?? '0');
  const release = propertyOf(component, 'aquasecurity:trivy:SrcRelease');
  return { name, version: `${epoch > 0 ? `${epoch}:` : ''}${upstream}${release === undefined ? '' : `-${release}`}` };
}

/** `name`, `name@version`, or for rpm the file name of the source package. */
function upstreamSource(type: PackageType, upstream: string | undefined, version: string) {
  if (upstream === undefined) return undefined;
  const rpm = sourceRpm(type, upstream);
  if (rpm !== undefined) return rpm;
  const at = upstream.lastIndexOf('@');
  return at <= 0 ? { name: upstream, version } : { name: upstream.slice(0, at), version: upstream.slice(at + 1) };
}

function sourceRpm(type: PackageType, fileName: string | undefined) {
  return type === 'rpm' && fileName?.endsWith('.rpm') ? parseSourceRpm(fileName) : undefined;
}

function syftSource(component: SbomComponent, version: string) {
  const name = propertyOf(component, 'syft:metadata:source', 'syft:metadata:originPackage');
  return name === undefined
    ? undefined
    : { name, version: propertyOf(component, 'syft:metadata:sourceVersion') ?? version };
}

function sourceInSentence(component: SbomComponent) {
  const [, name, version] = /^built package from: (\S+) (\S+)$/.exec(propertyOf(component, 'sourceInfo') ?? '') ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

/** `name:stream:version:context` of a package from an RPM module. */
export function modularityOf(component: SbomComponent, { qualifiers }: PackageUrl): string | undefined {
  const said = propertyOf(component, 'aquasecurity:trivy:Modularitylabel', 'syft:metadata:modularityLabel');
  return said ?? qualifiers['modularitylabel'] ?? qualifiers['rpmmod'];
}

/** Path of the record that names it, no leading slash. */
export function placeOf(component: SbomComponent): string | undefined {
  const [occurrence] = component.places;
  const said = propertyOf(
    component,
    'syft:location:0:path',
    'aquasecurity:trivy:FilePath',
    'cdx:npm:package:path',
    'SrcFile',
  );
  const path = occurrence ?? said ?? placeInSentence(component);
  return path?.replace(/^\/+/, '').slice(0, MAX_PATH) || undefined;
}

const MAX_PATH = 4096;

/** Syft's `acquired package info from DPKG DB: /var/lib/dpkg/status, …` in SPDX. */
function placeInSentence(component: SbomComponent): string | undefined {
  return /^acquired package info from [^:]{1,200}: (\/[^,]+)/.exec(propertyOf(component, 'sourceInfo') ?? '')?.[1];
}

/** The uncompressed layer that brought it in. */
export function layerOf(component: SbomComponent): Digest | undefined {
  const digest = parseDigest(propertyOf(component, 'aquasecurity:trivy:LayerDiffID', 'syft:location:0:layerID') ?? '');
  return digest.ok ? digest.value : undefined;
}
