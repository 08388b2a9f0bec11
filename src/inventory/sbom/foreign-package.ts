import { err, ok, type Result } from '#foundation/index.ts';
import {
  isSystemPackage,
  type Package,
  type PackageType,
  type PackageUrl,
  packageName,
  packageType,
  parsePackageUrl,
} from '#model/index.ts';
import { optional } from '../optional.ts';
import type { SbomComponent } from './document.ts';
import { modularityOf, propertyOf, sourceOf } from './hints.ts';
import { isUsable } from './identity.ts';

/** Why a component is not taken for a package: it has no package URL, a wrong one, or one of an ecosystem that is not known. */
export type WhyLeftOut = 'no-purl' | 'purl-invalid' | 'type-unknown';

/** The package that a component of another tool's document is, as far as its package URL and that tool's properties tell. */
export function foreignPackage(component: SbomComponent): Result<Package, WhyLeftOut> {
  if (component.purl === undefined) return err('no-purl');
  const purl = parsePackageUrl(component.purl);
  if (!purl.ok) return err('purl-invalid');
  const type = packageType(purl.value.type);
  if (type === undefined) return err('type-unknown');
  const read = isSystemPackage(type) ? systemPackage : languagePackage;
  const pkg = read(component, type, purl.value);
  return isUsable(pkg) ? ok(pkg) : err('purl-invalid');
}

function systemPackage(component: SbomComponent, type: PackageType, purl: PackageUrl): Package {
  const version = withEpoch(purl.version ?? component.version ?? '', purl.qualifiers['epoch']);
  const source = sourceOf(component, type, purl, version);
  return {
    type,
    name: packageName(type, purl),
    version,
    licences: component.licences,
    ...optional('architecture', purl.qualifiers['arch']),
    ...(source && { source }),
    ...makersOf(component, type),
    ...optional('modularity', modularityOf(component, purl)),
    ...(component.cpes.length > 0 && { cpes: component.cpes }),
  };
}

/** Some tools keep the epoch out of the version and some do not. */
function withEpoch(version: string, epoch: string | undefined): string {
  return epoch === undefined || !/^[1-9]\d{0,9}$/.test(epoch) || /^\d+:/.test(version)
    ? version
    : `${epoch}:${version}`;
}

/** What tells packages of a distribution from those of others: the maintainer of deb and apk, the vendor of rpm. */
function makersOf({ vendor, maintainer }: SbomComponent, type: PackageType): Pick<Package, 'vendor' | 'maintainer'> {
  return type === 'rpm' ? optional('vendor', vendor ?? maintainer) : optional('maintainer', maintainer ?? vendor);
}

function languagePackage(component: SbomComponent, type: PackageType, purl: PackageUrl): Package {
  const name = packageName(type, purl);
  const version = purl.version ?? component.version ?? '';
  const relation = relations.get(propertyOf(component, 'github:relationship') ?? '');
  const scope = propertyOf(component, 'cdx:npm:package:development') === 'true' ? 'development' : component.scope;
  return {
    type,
    name,
    version: type === 'golang' ? goVersion(name, version) : version,
    licences: component.licences,
    ...optional('vendor', component.vendor),
    ...optional('maintainer', component.maintainer),
    ...(scope && { scope }),
    ...(relation && { relation }),
    ...(Object.keys(purl.qualifiers).length > 0 && { qualifiers: purl.qualifiers }),
    ...(component.cpes.length > 0 && { cpes: component.cpes }),
  };
}

const relations = new Map([
  ['direct', 'direct' as const],
  ['indirect', 'transitive' as const],
]);

/** Go writes `v1.9.0` and `go1.22.3`; tools differ in what of that they keep. */
function goVersion(name: string, version: string): string {
  const number = /^(?:v|go)?(\d.*)$/s.exec(version)?.[1];
  if (number === undefined) return version;
  return name === 'stdlib' ? `go${number}` : `v${number}`;
}
