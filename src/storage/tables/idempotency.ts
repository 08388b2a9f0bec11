import type { JSONColumnType } from 'kysely';

export interface IdempotencyKeyTable {
  readonly account: string;
  readonly key: string;
  /** SHA-256 of what was asked. */
  readonly request: Buffer;
  readonly created_at: Date;
  /** Null while it is being done. */
  readonly status: number | null;
  /** Null for answers without content, and for those with a secret. */
  readonly answer: JSONColumnType<object | null, string | null, string | null>;
}
