import type { InstalledPackage } from '#model/index.ts';
import type { ScanReport } from '../report.ts';
import { daysBetween } from './days.ts';

/** The `spec` of an Sbom. Its members are described in src/policy/subjects/sbom.ts. */
export function sbomSpec({ artifact, packages, createdAt }: ScanReport) {
  const { document } = artifact;
  const ageDays = document?.created === undefined ? undefined : daysBetween(document.created, createdAt);
  return {
    name: artifact.name,
    isDocument: document !== undefined,
    ...(document && { format: document.format }),
    ...(document?.created !== undefined && { created: document.created }),
    ...(ageDays !== undefined && { ageDays }),
    count: packages.length,
    withoutVersion: packages.filter(({ version }) => version === '').length,
    withoutLicence: packages.filter(({ licences }) => licences.length === 0).length,
    withoutSupplier: packages.filter((one) => supplierOf(one) === undefined).length,
    components: packages.map(component),
  };
}

function component(one: InstalledPackage) {
  const { name, version, type, purl, licences, scope = 'unknown', origin } = one;
  const supplier = supplierOf(one);
  return {
    name,
    version,
    type,
    purl,
    licences,
    ...(supplier !== undefined && { supplier }),
    scope,
    part: origin.layer?.part ?? 'unknown',
    path: origin.path,
  };
}

function supplierOf({ vendor, maintainer }: InstalledPackage): string | undefined {
  return vendor || maintainer || undefined;
}
