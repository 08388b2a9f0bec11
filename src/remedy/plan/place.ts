import { isSystemPackage } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import type { FixPlace } from './fix-plan.ts';

/** A place before its package manager is known. */
type Spot =
  | Extract<FixPlace, { readonly kind: 'base-image' | 'own-layers' | 'system' }>
  | { readonly kind: 'project' }
  | { readonly kind: 'installed' };

/** Findings that are dealt with together. */
export interface Locality {
  readonly spot: Spot;
  readonly findings: readonly VulnerabilityFinding[];
}

/** Where the change is to be made: projects apart from each other, an image's base apart from its own layers. */
export function localities(findings: readonly VulnerabilityFinding[], report: ScanReport): Locality[] {
  const groups = Map.groupBy(findings, keyOf);
  return [...groups.values()].map((group) => ({ spot: spotOf(group, report), findings: group }));
}

function keyOf({ package: pkg }: VulnerabilityFinding): string {
  if (pkg.evidence === 'declared') return `project\0${pkg.type}\0${pkg.origin.path}`;
  const part = pkg.origin.layer?.part ?? 'unknown';
  if (part === 'base') return 'base';
  return isSystemPackage(pkg.type) ? `${part}\0${pkg.type}` : `installed\0${pkg.type}`;
}

function spotOf(findings: readonly VulnerabilityFinding[], report: ScanReport): Spot {
  const pkg = findings[0]?.package;
  if (!pkg || pkg.evidence === 'declared') return { kind: 'project' };
  const part = pkg.origin.layer?.part;
  if (part === 'base') return { kind: 'base-image', ...baseOf(report) };
  if (!isSystemPackage(pkg.type)) return { kind: 'installed' };
  return { kind: part === 'own' ? 'own-layers' : 'system', type: pkg.type };
}

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md: labels that say what an image was built on. */
function baseOf({ artifact: { config } }: ScanReport): { image?: string; digest?: string } {
  const image = config?.labels['org.opencontainers.image.base.name'];
  const digest = config?.labels['org.opencontainers.image.base.digest'];
  return { ...(image && { image }), ...(digest && { digest }) };
}

/** The directory of a file inside the target; empty at the top. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
