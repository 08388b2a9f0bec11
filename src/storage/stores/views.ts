import type { Insertable, Selectable } from 'kysely';
import type { Query } from '../index.ts';
import type { SavedViewTable } from '../tables/views.ts';

export type ViewRow = Selectable<SavedViewTable>;

/** A person's own views and those of their teams, by name. */
export async function listViews(query: Query, account: string): Promise<ViewRow[]> {
  return query
    .selectFrom('saved_view')
    .selectAll()
    .where(({ eb, or }) =>
      or([
        eb('account_id', '=', account),
        eb('team_id', 'in', eb.selectFrom('team_member').select('team_id').where('account_id', '=', account)),
      ]),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(1000)
    .execute();
}

export async function findView(query: Query, id: string, isLocked = false): Promise<ViewRow | undefined> {
  const found = query.selectFrom('saved_view').selectAll().where('id', '=', id);
  return (isLocked ? found.forUpdate() : found).executeTakeFirst();
}

export async function addView(query: Query, view: Insertable<SavedViewTable>): Promise<ViewRow> {
  return query.insertInto('saved_view').values(view).returningAll().executeTakeFirstOrThrow();
}

export async function updateView(
  query: Query,
  id: string,
  view: Pick<ViewRow, 'name' | 'filter' | 'columns' | 'sort' | 'team_id' | 'changed_at'>,
): Promise<ViewRow> {
  return query.updateTable('saved_view').set(view).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
}

export async function removeView(query: Query, id: string): Promise<void> {
  await query.deleteFrom('saved_view').where('id', '=', id).execute();
}

export async function countViews(query: Query, account: string): Promise<number> {
  const { count } = await query
    .selectFrom('saved_view')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow();
  return count;
}
