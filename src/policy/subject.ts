import { type Decision, type FileLocation, type FindingBase, type InstalledPackage, isClosing } from '#model/index.ts';
import { isOpen as isOpenVulnerability, isVulnerability, type VulnerabilityFinding } from '#vulnerability/index.ts';

/** What decisions are about: the part of a finding that every kind has in its own way. */
export interface Subject {
  readonly kind: string;
  /** Every name of what was found: a vulnerability's id and aliases, a rule's id, a licence's expression. */
  readonly ids: readonly string[];
  readonly package?: InstalledPackage;
  /** Files that it is in, without leading slash; of a package the record that names it. */
  readonly locations: readonly FileLocation[];
  /** Of a secret: stands for its value wherever it is found. */
  readonly fingerprint?: string;
  /** Of malware: the whole file. */
  readonly sha256?: string;
  /** Of a misconfiguration: the object of the file that it is in. */
  readonly resource?: { readonly kind: string; readonly name: string };
  /** What was decided before. */
  readonly decision?: Decision;
  /** Of a vulnerability only. */
  readonly vulnerability?: VulnerabilityFinding;
}

/** Members that findings of some kinds have beside those of all. */
interface KindMembers {
  readonly package?: InstalledPackage;
  readonly location?: FileLocation;
  readonly fingerprint?: string;
  readonly sha256?: string;
  readonly resource?: { readonly kind: string; readonly name: string };
}

export function subjectOf(finding: FindingBase): Subject {
  const { kind, id }: FindingBase = finding;
  const { package: owner, location, fingerprint, sha256, resource }: FindingBase & KindMembers = finding;
  const vulnerability = isVulnerability(finding) ? finding : undefined;
  return {
    kind,
    ids: [id, ...(vulnerability?.aliases ?? [])],
    ...(owner && { package: owner }),
    locations: location ? [location] : owner ? [owner.origin] : [],
    ...(fingerprint !== undefined && { fingerprint }),
    ...(sha256 !== undefined && { sha256 }),
    ...(resource && { resource }),
    ...(finding.decision && { decision: finding.decision }),
    ...(vulnerability && { vulnerability }),
  };
}

/** Whether it counts: neither decided about nor, of a vulnerability, declared not affected by the publisher. */
export function isOpen(finding: FindingBase): boolean {
  return isVulnerability(finding) ? isOpenVulnerability(finding) : !(finding.decision && isClosing(finding.decision));
}
