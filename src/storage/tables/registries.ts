import type { Generated, JSONColumnType } from 'kysely';

/** What of a registry is watched. */
export interface RegistrySettings {
  /** Patterns of repositories: `team/**`. */
  readonly repositories: readonly string[];
  /** Patterns of tags that are scanned, and of those that are not. */
  readonly tags: readonly string[];
  readonly excludedTags: readonly string[];
  readonly everyMinutes: number;
  /** Days after which an image is scanned again; null: never. */
  readonly rescanDays: number | null;
}

export interface RegistryTable {
  readonly id: Generated<string>;
  readonly name: string;
  readonly url: string;
  readonly enabled: Generated<boolean>;
  readonly settings: JSONColumnType<RegistrySettings>;
  readonly sealed: string;
  readonly created_at: Date;
  /** When it was last looked through whole. */
  readonly polled_at: Date | null;
  readonly error: string | null;
  readonly next_poll_at: Date;
}

export interface RegistryImageTable {
  readonly registry_id: string;
  readonly repository: string;
  /** What a tag names: of an index where there is one. */
  readonly digest: string;
  readonly tags: readonly string[];
  readonly found_at: Date;
  /** No tag names it any more. */
  readonly gone_at: Date | null;
  readonly scan_state: Generated<'waiting' | 'done' | 'failed'>;
  readonly scanned_at: Date | null;
  readonly error: string | null;
}
