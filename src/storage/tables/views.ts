import type { Generated } from 'kysely';

/** A list as somebody wants to see it again. */
export interface SavedViewTable {
  readonly id: Generated<string>;
  readonly account_id: string;
  /** Null: private. */
  readonly team_id: string | null;
  readonly name: string;
  readonly filter: string;
  readonly columns: string[];
  readonly sort: string;
  readonly created_at: Date;
  readonly changed_at: Date;
}
