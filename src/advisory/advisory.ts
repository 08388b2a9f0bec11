import type { Severity } from '#model/index.ts';

/**
 * What one publisher says about one vulnerability, in our normal form. Sources parse into this; the database stores it;
 * the matcher reads it. Facts are kept apart per publisher: two sources that disagree stay two advisories.
 */
export interface Advisory {
  /** The publisher's id: `CVE-2024-3094`, `DSA-5649-1`, `GHSA-…`, `ALPINE-CVE-…`. */
  readonly id: string;
  /** Id of the advisory source unit: `osv`, `debian-tracker`, `alpine-secdb`, `debian-mirror`. */
  readonly source: string;
  /** Other names of the same vulnerability. A bundle advisory (DSA, ALSA, USN) names what it fixes in `bundles` instead. */
  readonly aliases: readonly string[];
  /** Vulnerabilities that this notice fixes together; each becomes a finding of its own. */
  readonly bundles: readonly string[];
  readonly summary?: string;
  /** The publisher's own rating, mapped. */
  readonly severity?: Severity;
  readonly scores: readonly Score[];
  readonly published?: string;
  readonly modified?: string;
  /** When set, the publisher took it back: never matched. */
  readonly withdrawn?: string;
  readonly references: readonly string[];
  readonly affected: readonly AffectedPackage[];
}

export interface Score {
  readonly type: 'CVSS_V2' | 'CVSS_V3' | 'CVSS_V4' | 'publisher';
  /** The vector, or the publisher's own word for `publisher`. */
  readonly value: string;
}

/** One package of one release or ecosystem, and for which versions the advisory holds. */
export interface AffectedPackage {
  /** `debian:12`, `ubuntu:24.04`, `ubuntu-esm:18.04`, `alpine:3.22`, `alpine:edge`, `wolfi`, `almalinux:9`, `rocky:9`, `npm`, `pypi`: see `ecosystem.ts`. */
  readonly ecosystem: string;
  readonly name: string;
  /** What `name` names: the package itself or the source that it is built from. */
  readonly subject: 'source' | 'package';
  /** Version scheme id: `deb`, `rpm`, `apk`, `semver`, … */
  readonly scheme: string;
  readonly status: AffectedStatus;
  /** The version is affected when it falls in any range, or equals one of `versions`. No range and no version: every version. */
  readonly ranges: readonly AffectedRange[];
  readonly versions: readonly string[];
  /** rpm module stream `name:stream`, or Gentoo's slot as `slot:3`, that the statement is limited to. */
  readonly module?: string;
  /** Architectures that the statement is limited to. */
  readonly architectures?: readonly string[];
  /**
   * What is said of Git commits, one bound each, for packages whose version can be a commit or that are spoken of by commit
   * alone. Which of two commits came first only their repository tells, so without it these answer for the commits named.
   */
  readonly commits?: readonly AffectedRange[];
  /** The parts of the package that hold the vulnerability, where the publisher knows them: where none of them is, it is not affected. */
  readonly parts?: readonly VulnerablePart[];
  /** The publisher's urgency or note in its own words: `unimportant`, `no-dsa: minor issue`. */
  readonly note?: string;
}

/** A part of a package that holds the vulnerability: so far Go packages of a module. */
export interface VulnerablePart {
  /** Import path: `golang.org/x/net/http2`. */
  readonly path: string;
  /** Functions and methods as `Function` or `Type.Method`; empty: all of it. */
  readonly symbols: readonly string[];
  /** Operating systems (`GOOS`) and architectures (`GOARCH`) that it is limited to. */
  readonly systems?: readonly string[];
  readonly architectures?: readonly string[];
}

/** The publisher's answer for this release. `fixed`: there is a version without it. */
export type AffectedStatus =
  | 'fixed'
  | 'affected'
  | 'will-not-fix'
  | 'deferred'
  | 'not-affected'
  | 'under-investigation'
  | 'end-of-life'
  | 'unknown';

export interface AffectedRange {
  /** Inclusive; absent: from the first version. */
  readonly introduced?: string;
  /** Exclusive: the first version without the vulnerability. */
  readonly fixed?: string;
  /** Inclusive, where the publisher knows no fix but knows where it ended. */
  readonly lastAffected?: string;
  /** Exclusive: where the statement ends without a fix being known. Rare; what lies beyond is not spoken of. */
  readonly limit?: string;
}

/** What the matcher needs of an advisory for one package key. */
export interface AdvisoryMatch {
  readonly advisory: Omit<Advisory, 'affected'>;
  readonly affected: AffectedPackage;
}

/** Facts about a vulnerability id that do not depend on a package. */
export interface Enrichment {
  readonly epss?: { readonly probability: number; readonly percentile: number; readonly date: string };
  readonly kev?: { readonly dateAdded: string; readonly dueDate?: string; readonly ransomware: boolean };
  readonly ssvc?: Ssvc;
  /** CVSS vectors that come with no advisory, the most authoritative first. */
  readonly cvss?: readonly Score[];
}

/**
 * CISA's answers to the questions of Stakeholder-Specific Vulnerability Categorization that do not depend on who asks:
 * https://certcc.github.io/SSVC/reference/decision_points/
 */
export interface Ssvc {
  /** `poc`: a public way to do it is known; `active`: it has been seen done. */
  readonly exploitation?: 'none' | 'poc' | 'active';
  readonly automatable?: boolean;
  readonly technicalImpact?: 'partial' | 'total';
  /** ISO 8601, when the answers were given. */
  readonly date?: string;
}

/** Where the matcher asks. The database and the mirror-only source both answer. */
export interface AdvisoryLookup {
  /**
   * All statements about this package; empty when nothing is known against it, which only means something where `coverage`
   * is not empty. `advisory` is read when it is first looked at, so evaluate `affected` first. Throws
   * `AdvisoryDatabaseError` when the database turns out damaged: never answered by an empty list.
   */
  find(ecosystem: string, name: string): readonly AdvisoryMatch[];
  enrich(vulnerabilityId: string): Enrichment;
  /** Which sources speak for this ecosystem, all their parts present. Empty: packages of it are not assessed. */
  coverage(ecosystem: string): readonly SourceState[];
}

/** A source as the report names it. */
export interface SourceState {
  readonly source: string;
  readonly title: string;
  readonly license: string;
  readonly attribution: string;
  /** When the data was made by its publisher, or fetched when it does not say (ISO 8601). */
  readonly asOf: string;
  readonly fetchedAt: string;
  readonly advisories: number;
  /** Limits of this source that a reader must know: `lists fixed vulnerabilities only`. */
  readonly limits: readonly string[];
}
