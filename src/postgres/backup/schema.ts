import type { Client } from 'pg';
import type { BackedSequence, BackedTable } from './format.ts';

/** `"finding"` */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Tables with what they refer to before them. Their generated columns are made anew and not among the columns. */
export async function readTables(client: Client, without: ReadonlySet<string>): Promise<BackedTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; refers: string[] }>(`
    select class.relname as name,
      array(select attname::text from pg_attribute
        where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
      array(select distinct target.relname::text from pg_constraint
        join pg_class target on target.oid = confrelid
        where conrelid = class.oid and contype = 'f' and confrelid <> class.oid) as refers
    from pg_class class
    where relnamespace = current_schema()::regnamespace and relkind = 'r' order by relname`);
  const waiting = rows.filter(({ name }) => !without.has(name));
  const done: BackedTable[] = [];
  const isDone = (name: string): boolean => done.some((table) => table.name === name);
  while (waiting.length > 0) {
    const index = waiting.findIndex(({ refers }) => refers.every(isDone));
    const [next] = waiting.splice(index, 1);
    if (index < 0 || next === undefined) throw new Error('tables refer to each other in a circle');
    done.push({ name: next.name, columns: next.columns });
  }
  return done;
}

/** Read within the snapshot they are at least where its rows need them: sequences only go on. */
export async function readSequences(client: Client): Promise<BackedSequence[]> {
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'S' order by relname`);
  const sequences: BackedSequence[] = [];
  for (const { name } of rows) {
    const { rows: states } = await client.query<{ last: string; called: boolean }>(
      `select last_value as last, is_called as called from ${quoted(name)}`,
    );
    for (const { last, called } of states) sequences.push({ name, last: Number(last), isCalled: called });
  }
  return sequences;
}

/** Whether there is anything at all in the database's schema. */
export async function isEmpty(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    `select from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S') limit 1`,
  );
  return rows.length === 0;
}
