import { sql } from 'kysely';
import { aliasesOf, canonicalRule, type SubmittedFinding } from '#findings/index.ts';
import type { Query } from '../index.ts';

/**
 * Under which rule each finding of an asset goes, whatever names this tool knows. A name that only now turns out to mean the same as
 * another one brings the findings of both together. Links count in their asset alone: nobody can rename the findings of others.
 */
export async function resolveRules(
  query: Query,
  asset: string,
  findings: readonly SubmittedFinding[],
): Promise<(finding: SubmittedFinding) => string> {
  const told = findings.filter(({ kind }) => kind === 'vulnerability');
  const links = told.flatMap(({ ids }) => aliasesOf(ids).map((alias) => ({ alias, rule: canonicalRule(ids) })));
  await addLinksOf(query, [asset], links);
  const rules = await knownLinks(query, asset, [...new Set(told.map(({ ids }) => canonicalRule(ids)))]);
  return ({ kind, ids }) => {
    const rule = canonicalRule(ids);
    return kind === 'vulnerability' ? (rules.get(rule) ?? rule) : rule;
  };
}

interface Link {
  readonly alias: string;
  readonly rule: string;
}

/** Says in each of the assets that names mean the same, and brings findings together that were kept under both. */
export async function addLinksOf(query: Query, assets: readonly string[], links: readonly Link[]): Promise<void> {
  if (links.length === 0) return;
  const { rows } = await sql<Link & { readonly asset: string }>`
    with added as (
      insert into finding_alias (asset_id, alias, rule)
      select distinct asset_id, alias, rule
      from unnest(${[...assets]}::uuid[]) as asset_id,
        unnest(${links.map(({ alias }) => alias)}::text[], ${links.map(({ rule }) => rule)}::text[]) as one (alias, rule)
      on conflict do nothing returning asset_id, alias, rule
    )
    select asset_id as asset, alias, rule from added where exists (
      select 1 from finding where finding.asset_id = added.asset_id and kind = 'vulnerability' and finding.rule = added.alias
    )
    order by asset_id, rule, alias`.execute(query);
  for (const { asset, alias, rule } of rows) await bringTogether(query, asset, alias, rule);
}

/** What an alias means when it stands alone; nothing where it may mean several. */
async function knownLinks(query: Query, asset: string, rules: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (rules.length === 0) return new Map();
  const { rows } = await sql<Link>`
    select alias, min(rule) as rule from finding_alias
    where asset_id = ${asset} and alias = any (${[...rules]}::text[])
    group by alias having count(*) = 1`.execute(query);
  return new Map(rows.map(({ alias, rule }) => [alias, rule]));
}

/** Renames findings; where there is one of the new name already, it takes over places and history. */
async function bringTogether(query: Query, asset: string, alias: string, rule: string): Promise<void> {
  const both = sql`
    select old.id as old, new.id as new from finding old join finding new
      on new.asset_id = old.asset_id and new.kind = old.kind and new.subject = old.subject and new.rule = ${rule}
    where old.asset_id = ${asset} and old.kind = 'vulnerability' and old.rule = ${alias}`;
  await sql`
    insert into occurrence (finding_id, artifact_id, tool, package_id, location, details, first_seen_at, last_seen_at, gone_at)
    select pair.new, artifact_id, tool, package_id, location, details, first_seen_at, last_seen_at, gone_at
    from (${both}) as pair join occurrence on occurrence.finding_id = pair.old
    on conflict on constraint occurrence_place do update set
      first_seen_at = least(occurrence.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(occurrence.last_seen_at, excluded.last_seen_at)`.execute(query);
  await sql`
    update finding_event set finding_id = pair.new from (${both}) as pair where finding_event.finding_id = pair.old`.execute(
    query,
  );
  await sql`
    update finding set
      first_seen_at = least(finding.first_seen_at, old.first_seen_at),
      due_from = least(finding.due_from, old.due_from),
      assignee = coalesce(finding.assignee, old.assignee),
      state = case when finding.state = 'open' and finding.decision is null then old.state else finding.state end,
      decision = coalesce(finding.decision, old.decision),
      decision_until = coalesce(finding.decision_until, old.decision_until)
    from (${both}) as pair join finding old on old.id = pair.old where finding.id = pair.new`.execute(query);
  await sql`delete from finding using (${both}) as pair where finding.id = pair.old`.execute(query);
  await sql`
    update finding set rule = ${rule}
    where asset_id = ${asset} and kind = 'vulnerability' and finding.rule = ${alias}`.execute(query);
}
