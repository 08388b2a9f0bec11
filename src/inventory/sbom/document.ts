import type { Problem } from '#foundation/index.ts';
import type { Facts } from '#model/index.ts';

/** A software bill of materials as its text says, whatever format it is written in. Nothing in it is known to be true. */
export interface SbomDocument {
  readonly format: 'CycloneDX' | 'SPDX' | 'Syft' | 'GitHub dependency snapshot' | 'Plimsoll report';
  /** Of the format: `1.6`, `2.3`, `3.0.1`. */
  readonly version: string;
  readonly encoding: 'JSON' | 'XML' | 'tag-value' | 'JSON-LD';
  /** Serial number, name space: what tells this document from all others. */
  readonly id?: string;
  /** ISO 8601. */
  readonly created?: string;
  /** Who wrote it: `syft 1.20.0`. */
  readonly tools: readonly string[];
  /** It came in an envelope made for signing. Nobody checked the signature. */
  readonly isEnveloped?: boolean;
  /** What it describes. */
  readonly subject?: SbomComponent;
  /** The subject is none of them. */
  readonly components: readonly SbomComponent[];
  /** What each component needs directly, by reference. A component that is a key and has an empty list is said to need nothing. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /** In what each component lies, by reference. */
  readonly containers: ReadonlyMap<string, string>;
  /** Which component installed each that another one brought, by reference. */
  readonly owners: ReadonlyMap<string, string>;
  /** What is said of the document as a whole. */
  readonly properties: Facts;
  readonly problems: readonly Problem[];
}

export interface SbomComponent {
  /** How the document refers to it. */
  readonly ref: string;
  readonly kind: ComponentKind;
  /** What is said of its kind in the format's own words: `framework`, `CONTAINER`. */
  readonly type?: string;
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly cpes: readonly string[];
  readonly licences: readonly string[];
  readonly vendor?: string;
  readonly maintainer?: string;
  readonly scope?: 'runtime' | 'development' | 'optional';
  /** `sha256:…` and the like. */
  readonly digests: readonly string[];
  /** Where it lies in what is described. */
  readonly places: readonly string[];
  /** Properties and annotations: each tool has its own (`syft:location:0:path`, `aquasecurity:trivy:SrcName`), and so have we (`plimsoll:cataloger`). */
  readonly properties: Facts;
}

/**
 * `package`: may be a package, its package URL tells. `operating-system`: the distribution. `source`: what a package was built from,
 * itself not aboard. `other`: files, data, keys, and what else is no package.
 */
export type ComponentKind = 'package' | 'operating-system' | 'source' | 'other';

/** The format in words: `CycloneDX 1.6 XML`. */
export function formatTitle({ format, version, encoding }: SbomDocument): string {
  return `${format} ${version} ${encoding}`.replace(/ {2,}/g, ' ');
}
