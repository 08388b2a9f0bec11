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
  /** SHA-256 of all the above. */
  readonly identity: Buffer;
}

export interface ArtifactPackageTable {
  readonly artifact_id: number;
  readonly package_id: number;
  readonly layer: string | null;
}
