import type { Generated, JSONColumnType } from 'kysely';

export interface ClusterTable {
  readonly id: Generated<string>;
  readonly name: string;
  /** Of the document that the state is from. */
  readonly generation: number;
  readonly told_at: Date;
  readonly facts: JSONColumnType<object>;
}

export interface NamespaceTable {
  readonly cluster_id: string;
  readonly name: string;
  readonly labels: JSONColumnType<Readonly<Record<string, string>>>;
}

export interface WorkloadTable {
  readonly asset_id: string;
  readonly cluster_id: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly facts: JSONColumnType<object>;
  /** Services and ingresses that lead to it. */
  readonly exposed_by: JSONColumnType<readonly string[]>;
  readonly first_seen_at: Date;
  readonly gone_at: Date | null;
}

export interface HostTable {
  readonly asset_id: string;
  readonly generation: number;
  readonly told_at: Date;
  readonly facts: JSONColumnType<object>;
}

export interface ContainerTable {
  readonly id: Generated<string>;
  /** The host or the workload that tells of it. */
  readonly asset_id: string;
  readonly key: string;
  readonly name: string;
  readonly image: string;
  readonly image_digests: readonly string[];
  readonly facts: JSONColumnType<object>;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly gone_at: Date | null;
}

export interface ListenerTable {
  readonly id: Generated<string>;
  readonly asset_id: string;
  readonly container_key: string | null;
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  readonly process: string | null;
  readonly first_seen_at: Date;
  readonly gone_at: Date | null;
}
