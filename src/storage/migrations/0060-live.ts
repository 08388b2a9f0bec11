import { type Kysely, sql } from 'kysely';

/**
 * What changed, for those who watch: written by the database itself, so that no way of changing something can forget it. Rows are read in the
 * order of their transactions, and only those before which none is under way: numbers alone are given out in another order than they become
 * visible in, and whoever asks for what is after a number would miss some.
 */
export async function up(query: Kysely<unknown>): Promise<void> {
  for (const statement of [...table, ...findings, ...others]) await statement.execute(query);
}

/** Of one statement; more are told of as one change of their asset. */
const MANY = sql.lit(200);

const table = [
  sql`
    create table live_event (
      id bigint generated always as identity primary key,
      transaction xid8 not null default pg_current_xact_id(),
      at timestamptz not null default clock_timestamp(),
      topic text not null,
      change text not null,
      subject_id text not null,
      asset_id uuid references asset on delete cascade,
      team_id uuid references team on delete cascade,
      -- what a list shows of it
      facts jsonb not null default '{}'
    )`,
  sql`create index live_event_by_transaction on live_event (transaction, id)`,
  sql`create index live_event_by_asset on live_event (asset_id)`,
  sql`create index live_event_by_team on live_event (team_id)`,
  sql`create index live_event_by_time on live_event (at)`,
  // up to where events were removed: whoever goes on from before it may have missed some
  sql`create table live_horizon (transaction xid8 not null)`,
  sql`insert into live_horizon (transaction) values ('0')`,
  sql`create index outbox_event_unrouted on outbox_event (at) where routed_at is null`,
  sql`
    create function live_note(topic text, change text, subject text, asset uuid, team uuid, facts jsonb) returns void
    language sql as $$
      insert into live_event (topic, change, subject_id, asset_id, team_id, facts)
      values (topic, change, subject, asset, team, facts);
      select pg_notify('plimsoll_live', '');
    $$`,
];

const shown = sql`jsonb_build_object('state', state, 'severity', severity, 'assignee', assignee)`;

const findings = [
  sql`
    create function live_finding_insert() returns trigger language plpgsql as $$
    begin
      if (select count(*) from added) <= ${MANY} then
        insert into live_event (topic, change, subject_id, asset_id, facts)
        select 'finding', 'opened', id::text, asset_id, ${shown} from added;
      else
        insert into live_event (topic, change, subject_id, asset_id, facts)
        select 'findings', 'changed', asset_id::text, asset_id, jsonb_build_object('count', count(*))
        from added group by asset_id;
      end if;
      perform pg_notify('plimsoll_live', '') where exists (select from added);
      return null;
    end $$`,
  sql`
    create function live_finding_update() returns trigger language plpgsql as $$
    declare
      noted integer;
    begin
      with changed as materialized (
        select after.*, before.state as was from after join before using (id)
        where (after.state, after.severity, after.assignee, after.due_at, after.decision)
          is distinct from (before.state, before.severity, before.assignee, before.due_at, before.decision)
      ), events as (
        insert into live_event (topic, change, subject_id, asset_id, facts)
        select 'finding', case
            when state = 'fixed' and was <> 'fixed' then 'fixed'
            when state <> 'fixed' and was = 'fixed' then 'reopened'
            else 'changed'
          end, id::text, asset_id, ${shown}
        from changed where (select count(*) from changed) <= ${MANY}
        union all
        select 'findings', 'changed', asset_id::text, asset_id, jsonb_build_object('count', count(*))
        from changed where (select count(*) from changed) > ${MANY} group by asset_id
        returning 1
      )
      select count(*) into noted from events;
      if noted > 0 then
        perform pg_notify('plimsoll_live', '');
      end if;
      return null;
    end $$`,
  sql`
    create trigger live_finding_insert after insert on finding referencing new table as added
    for each statement execute function live_finding_insert()`,
  sql`
    create trigger live_finding_update after update on finding referencing old table as before new table as after
    for each statement execute function live_finding_update()`,
];

const others = [
  sql`
    create function live_exception() returns trigger language plpgsql as $$
    begin
      perform live_note('exception', new.state, new.id::text, null, new.team_id, jsonb_build_object('state', new.state));
      return null;
    end $$`,
  sql`
    create trigger live_exception_insert after insert on exception for each row execute function live_exception()`,
  sql`
    create trigger live_exception_update after update on exception for each row
    when (old.state is distinct from new.state or old.expires_at is distinct from new.expires_at)
    execute function live_exception()`,
  sql`
    create function live_delivery() returns trigger language plpgsql as $$
    begin
      perform live_note('delivery', new.state, new.id::text, null, new.team_id, jsonb_build_object('state', new.state));
      return null;
    end $$`,
  sql`
    create trigger live_delivery_update after update on delivery for each row
    when (old.state is distinct from new.state and new.state in ('delivered', 'dead')) execute function live_delivery()`,
  sql`
    create function live_job() returns trigger language plpgsql as $$
    begin
      perform live_note('job', new.state, new.id::text, null, null, jsonb_build_object('kind', new.kind));
      return null;
    end $$`,
  sql`
    create trigger live_job_update after update on job for each row
    when (old.state is distinct from new.state and new.state = 'dead') execute function live_job()`,
];
