import { type Kysely, sql } from 'kysely';

/** Who has answered which lesson, the best time counts. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table lesson_answer (
      account_id uuid not null references account on delete cascade,
      lesson text not null,
      answered_at timestamptz not null,
      right_answers integer not null,
      questions integer not null,
      -- when all were right for the first time
      completed_at timestamptz,
      primary key (account_id, lesson)
    )`.execute(query);
}
