import type { Generated, JSONColumnType } from 'kysely';
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
  readonly first_seen_at: When;
  readonly last_seen_at: When;
}

export interface TagTable {
  readonly asset_id: string;
  readonly name: string;
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
}

export interface ArtifactPackageTable {
  readonly artifact_id: number;
  readonly package_id: number;
  readonly layer: string | null;
}
