import type { SourceState } from '#advisory/index.ts';
import type { ImageConfig, Platform, TargetScheme } from '#artifact/index.ts';
import type { ChecksSummary, MisconfigurationFinding } from '#checks/index.ts';
import type { Problem } from '#foundation/index.ts';
import type { InventoryStatistics } from '#inventory/index.ts';
import type { LicenceFinding } from '#licences/index.ts';
import type { MalwareFinding } from '#malware/index.ts';
import type { Digest, Distribution, InstalledPackage } from '#model/index.ts';
import type { PolicyVerdict } from '#policy/verdict/index.ts';
import type { SecretFinding } from '#secrets/index.ts';
import type { Unassessed, VulnerabilityFinding } from '#vulnerability/index.ts';
import type { Scanner } from './scanner.ts';

export type { Unassessed };

/** The result of `plimsoll scan`: everything that reporters render. Its JSON form is documented in docs/reference/scan-report.md. */
export interface ScanReport {
  readonly schema: 'plimsoll.scan.v1';
  readonly tool: { readonly name: 'plimsoll'; readonly version: string };
  /** ISO 8601. */
  readonly createdAt: string;
  readonly artifact: ScannedArtifact;
  /** What was looked for beside packages. Of anything else the report says nothing, neither good nor bad. */
  readonly scanners: readonly Scanner[];
  readonly distribution?: Distribution;
  readonly packages: readonly InstalledPackage[];
  /** Vulnerabilities first, then by kind; each sorted by severity, id, place. Every state is here, decided ones too. */
  readonly findings: readonly Finding[];
  /** How much was asked about configuration, and of what nothing could be said. Absent when it was not looked at. */
  readonly checks?: ChecksSummary;
  readonly sources: readonly SourceState[];
  /** What could not be said, and why. Never empty when the answer has a hole. */
  readonly unassessed: readonly Unassessed[];
  readonly problems: readonly Problem[];
  /**
   * `incomplete` when a problem is `incomplete` or something is unassessed, but for packages of third parties, which no feed of the
   * distribution claims to speak for; the process then ends with 3.
   */
  readonly assessment: 'complete' | 'incomplete';
  readonly statistics: InventoryStatistics & { readonly durationMs: number };
  /** What policies decided. Absent when none was asked. */
  readonly verdict?: PolicyVerdict;
}

/** What was scanned; where an SBOM was, the artifact that it describes. */
/** Whatever is wrong. Kinds are told apart by `kind`. */
export type Finding = VulnerabilityFinding | MalwareFinding | SecretFinding | MisconfigurationFinding | LicenceFinding;

export interface ScannedArtifact {
  readonly kind: 'image' | 'tree';
  readonly name: string;
  readonly scheme: TargetScheme;
  /** The SBOM by whose word all else here is said. Absent when the artifact itself was looked at. */
  readonly document?: DescribingDocument;
  readonly manifestDigest?: Digest;
  readonly indexDigest?: Digest;
  readonly configDigest?: Digest;
  readonly platform?: Platform;
  readonly tags: readonly string[];
  readonly config?: ImageConfig;
  readonly layers: readonly ScannedLayer[];
}

export interface DescribingDocument {
  /** As the user named the file. */
  readonly path: string;
  /** `CycloneDX 1.6 JSON`. */
  readonly format: string;
  /** Serial number or name space. */
  readonly id?: string;
  /** ISO 8601, as the document says. */
  readonly created?: string;
  /** Who wrote it: `syft 1.20.0`. */
  readonly tools: readonly string[];
  /** How our own scan opened what it describes. */
  readonly scheme?: TargetScheme;
}

export interface ScannedLayer {
  readonly index: number;
  readonly diffId: Digest;
  readonly blobDigest?: Digest;
  readonly size?: number;
  readonly instruction?: string;
  readonly part: 'base' | 'own' | 'unknown';
}
