import type { PackageType, Severity } from '#model/index.ts';
import type { Scanner } from '#scan/index.ts';
import type { ConfigurationPlan } from './configuration.ts';

/** What to change, in which order, and what each change is good for. Its JSON form is documented in docs/reference/fix-plan.md. */
export interface FixPlan {
  readonly schema: 'plimsoll.fix-plan.v1';
  readonly tool: { readonly name: 'plimsoll'; readonly version: string };
  /** ISO 8601. */
  readonly createdAt: string;
  readonly artifact: { readonly name: string; readonly kind: 'image' | 'tree' };
  /** `incomplete` when the scan has holes: the plan then cannot name what was not assessed. */
  readonly assessment: 'complete' | 'incomplete';
  /** What was looked for: of anything else the plan says nothing. */
  readonly scanners: readonly Scanner[];
  readonly totals: PlanTotals;
  /** Most pressing first, as its most pressing step says. */
  readonly groups: readonly FixGroup[];
  /** What no version is known to be free of. */
  readonly unfixed: readonly UnfixedPackage[];
  /** Edits of files that are set up wrongly. Absent where nobody looked. */
  readonly configuration?: ConfigurationPlan;
}

/** Vulnerabilities, each id once. */
interface PlanTotals {
  readonly open: number;
  /** Gone everywhere they were found when all steps are done. */
  readonly removed: number;
  readonly left: number;
}

/** Steps that are taken in one place, with one tool. */
export interface FixGroup {
  readonly place: FixPlace;
  /** All steps that one command can take; absent where none can. */
  readonly command?: string;
  /** Most pressing first. */
  readonly steps: readonly FixStep[];
}

export type FixPlace =
  /** A project directory: `directory` is empty at the top of the target. */
  | { readonly kind: 'project'; readonly manager: string; readonly directory: string; readonly file: string }
  /** Libraries found installed: they are raised in the project that brought them, which is not here. */
  | { readonly kind: 'installed'; readonly manager: string; readonly type: PackageType }
  /** What the base image brings; `image` and `digest` where labels tell. */
  | { readonly kind: 'base-image'; readonly image?: string; readonly digest?: string }
  /** System packages that the image's own build steps install. */
  | { readonly kind: 'own-layers'; readonly type: PackageType }
  /** System packages of a host or root file system, or of layers of which it is not known whose they are. */
  | { readonly kind: 'system'; readonly type: PackageType };

export interface FixStep {
  /** What `--only` takes: `lodash@4.17.15`, `urllib3@1.26.4->2.7.0` for the larger of two steps, `base-image`. */
  readonly id: string;
  readonly what: 'direct-dependency' | 'transitive-dependency' | 'dependency' | 'system-package' | 'base-image';
  /** Source package, library or image. */
  readonly name: string;
  /** What is to be upgraded, as the package manager names it: `libssl3`, `openssl` of the source `openssl`. */
  readonly packages: readonly string[];
  readonly from: string;
  /** The lowest version that is free of all that is removed; empty for a base image of which only a newer build is needed. */
  readonly to: string;
  /** Where the change is made or, in an image, the build step that brought it. */
  readonly where: string;
  readonly command?: string;
  readonly removes: readonly RemovedVulnerability[];
  /** Ids in the same packages that this step alone does not remove. */
  readonly leaves: readonly string[];
  /** `name@version` from what the project asks for down to the package. Empty where no record tells. */
  readonly path: readonly string[];
  /** What the project asks for by name and leads here, for a transitive dependency: raising one of these may do it. */
  readonly through: readonly string[];
  /**
   * `certain`: the fixed version is named where the project asks for it. `resolver`: whether it can be had depends on what the
   * dependants allow. `manual`: somebody must change it where it comes from.
   */
  readonly confidence: 'certain' | 'resolver' | 'manual';
  /** Its first number that is not 0 changes: its author may have changed how it is used. */
  readonly isBreaking: boolean;
  readonly worst: Severity;
  /** How many of `removes` are known to be exploited. */
  readonly exploited: number;
  /** The soonest of what it removes. */
  readonly due?: Due;
}

export interface RemovedVulnerability {
  readonly id: string;
  readonly severity: Severity;
  readonly exploited: boolean;
  readonly due?: Due;
}

/** How soon, as the receipt of the finding says. `days` is absent for "with the next regular upgrade". */
export interface Due {
  readonly title: string;
  readonly days?: number;
}

export interface UnfixedPackage {
  readonly type: PackageType;
  readonly name: string;
  readonly version: string;
  readonly where: string;
  /** What the publisher says: `will-not-fix`. */
  readonly state: string;
  readonly ids: readonly string[];
  readonly worst: Severity;
  readonly path: readonly string[];
  /** What else can be done, in sentences. */
  readonly options: readonly string[];
}
