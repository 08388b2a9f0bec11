import type { Generated, JSONColumnType } from 'kysely';

export interface JobTable {
  readonly id: Generated<number>;
  readonly kind: string;
  readonly payload: JSONColumnType<object>;
  readonly key: string | null;
  /** What is done is removed. */
  readonly state: Generated<'waiting' | 'running' | 'dead'>;
  readonly run_at: Date;
  readonly attempts: Generated<number>;
  readonly locked_until: Date | null;
  readonly error: string | null;
}
