import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { AssetKind } from '#identity/index.ts';

type When = Generated<Date>;

export interface TeamTable {
  readonly id: Generated<string>;
  readonly name: string;
  readonly created_at: When;
}

export interface AssetTable {
  readonly id: Generated<string>;
  readonly kind: AssetKind;
  readonly name: string;
  /** Who owns it; null for nobody. */
  readonly team_id: string | null;
  /** Of the newest artifact. */
  readonly labels: ColumnType<Readonly<Record<string, string>>, string | undefined, string>;
  readonly exposure: Generated<'internet' | 'internal' | 'unknown'>;
  /** `explicit`, or what says so. */
  readonly exposure_by: string | null;
  /** `explicit`, or the rule by which the team owns it. */
  readonly owned_by: string | null;
  readonly first_seen_at: When;
  readonly last_seen_at: When;
}

export interface ArtifactTable {
  readonly id: Generated<number>;
  readonly asset_id: string;
  readonly digest: string;
  readonly platform: string | null;
  readonly distribution: JSONColumnType<object | null>;
  readonly facts: JSONColumnType<object>;
  /** What follows one another: the platform of images; the newest of each stream is current. */
  readonly stream: Generated<string>;
  /** Of the report that the list of packages is from. */
  readonly inventory_at: Date | null;
  readonly inventory_complete: Generated<boolean>;
  readonly inventory_by: string | null;
  /** Named by a tag, run somewhere, or the newest of its stream. */
  readonly is_current: Generated<boolean>;
  /** Since when nothing names it any more. */
  readonly retired_at: Date | null;
  /** All by which it is known: of manifest, index and configuration. */
  readonly digests: Generated<readonly string[]>;
  readonly is_subscribed: Generated<boolean>;
  readonly matched_at: Date | null;
  readonly match_complete: Generated<boolean>;
  /** The same for all artifacts in which a package is judged alike. */
  readonly match_context: string | null;
  readonly first_seen_at: When;
  readonly last_seen_at: When;
}

export interface TagTable {
  readonly asset_id: string;
  readonly name: string;
  /** Of the artifact: a tag points at one artifact for each platform. */
  readonly stream: Generated<string>;
  readonly artifact_id: number;
  readonly since: When;
  readonly until: Date | null;
}

export interface PackageTable {
  readonly id: Generated<number>;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly source: string | null;
  readonly source_version: string | null;
  /** What matching asks of it beside that. */
  readonly facts: JSONColumnType<readonly (readonly [string, string])[]>;
  /** Keys under which advisories may speak of it. */
  readonly lookups: Generated<readonly string[]>;
  /** SHA-256 of all the above. */
  readonly identity: Buffer;
}

/** What one layer left to be seen, shared by all artifacts in which it did. */
export interface PackageSetTable {
  readonly id: Generated<number>;
  /** SHA-256 of the layer and all members. */
  readonly identity: Buffer;
  readonly layer: string | null;
}

export interface PackageSetMemberTable {
  readonly set_id: number;
  readonly package_id: number;
  /** The record that names it. */
  readonly path: Generated<string>;
}

export interface ArtifactPackageSetTable {
  readonly artifact_id: number;
  readonly set_id: number;
}

/** A view: the members of all sets of an artifact. A package may be at several paths. */
export interface ArtifactPackageView {
  readonly artifact_id: number;
  readonly package_id: number;
  readonly layer: string | null;
  readonly path: string;
}

/** The one row about the advisory database. */
export interface AdvisoryStateTable {
  readonly id: Generated<boolean>;
  readonly checked_at: Date | null;
  readonly applied_at: Date | null;
  readonly outcome: JSONColumnType<object, string | undefined, string>;
}
