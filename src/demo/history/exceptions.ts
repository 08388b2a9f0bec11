import { sql } from 'kysely';
import { z } from 'zod';
import type { ExceptionReason, ExceptionScope } from '#exceptions/index.ts';
import type { Query } from '#storage/index.ts';
import { teams } from '../organisation.ts';
import type { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';
import type { Office } from './office.ts';

/** What becomes of a request, and on which day it is made. */
interface Plan {
  readonly day: number;
  readonly days: number;
  readonly becomes: 'draft' | 'requested' | 'approved' | 'rejected' | 'revoked' | 'renewed' | 'withdrawn';
  readonly reason: ExceptionReason;
  readonly explanation: string;
}

const plans: readonly Plan[] = [
  plan(-70, 14, 'approved', 'risk-accepted', 'Used by the build only, which reaches nothing outside.'),
  plan(-64, 25, 'renewed', 'deferred-until-fix', 'The publisher has announced a fix for the next release.'),
  plan(
    -58,
    28,
    'approved',
    'vulnerable_code_not_in_execute_path',
    'The function is not called: checked in the call graph.',
  ),
  plan(-41, 20, 'rejected', 'risk-accepted', 'It has always been like that.'),
  plan(-33, 28, 'revoked', 'compensating-control', 'A rule in front of the service blocks the request.'),
  plan(-25, 29, 'approved', 'inline_mitigations_already_exist', 'The option is switched off in our configuration.'),
  plan(-24, 28, 'approved', 'deferred-until-fix', 'No version without it; we watch the tracker of the publisher.'),
  plan(-18, 28, 'approved', 'false-positive', 'The file is a test fixture; no server has this key.'),
  plan(-12, 13, 'approved', 'risk-accepted', 'Goes away with the move to the new base at the end of the month.'),
  plan(-10, 28, 'approved', 'component_not_present', 'The jar is listed in the manifest and not shipped.'),
  plan(-8, 20, 'withdrawn', 'risk-accepted', 'Not needed any more: the update went through.'),
  plan(-5, 27, 'requested', 'compensating-control', 'Only reachable through the gateway, which checks the header.'),
  plan(-4, 13, 'requested', 'risk-accepted', 'Two weeks until the release that removes it.'),
  plan(
    -3,
    28,
    'requested',
    'vulnerable_code_cannot_be_controlled_by_adversary',
    'The input comes from our own pipeline only.',
  ),
  plan(-2, 25, 'requested', 'false-positive', 'The version is patched by the distribution without a new number.'),
  plan(-1, 20, 'draft', 'deferred-until-fix', 'To be completed when the publisher has answered.'),
];

function plan(day: number, days: number, becomes: Plan['becomes'], reason: ExceptionReason, explanation: string): Plan {
  return { day, days, becomes, reason, explanation };
}

const answer = z.object({ id: z.uuid() });
const limits = z.object({ maxDays: z.int() });

/** What is asked for on a day, each by somebody of the team that has it, and decided by somebody else. */
export async function exceptionsOf(office: Office, day: number, random: Random, timeline: Timeline): Promise<void> {
  for (const one of plans.filter((made) => made.day === day)) await carryOut(office, one, random, timeline);
}

async function carryOut(
  office: Office,
  { day, days, becomes, reason, explanation }: Plan,
  random: Random,
  timeline: Timeline,
): Promise<void> {
  const found = await suitable(office.query, reason, random);
  if (found === undefined) return;
  const index = teams.findIndex(({ name }) => name === found.team);
  const [requester, lead] = [`developer-${index + 1}`, `${found.team}-lead`];
  const at = (later: number) => timeline.at(day + later, 14);
  const wide = scopeOf(found, office, random);
  const preview = await office.perform('previewException', requester, at(0), { body: { scope: wide } });
  const isLongEnough = limits.parse(preview).maxDays >= days;
  const scope = isLongEnough ? wide : { finding: found.id };
  const length = (isLongEnough || found.severity !== 'critical' ? days : Math.min(days, 14)) - 0.5;
  const asked = await office.perform('requestException', requester, at(0), {
    body: { scope, reason, explanation, expiresAt: endOf(day + length, timeline), draft: becomes === 'draft' },
  });
  const { id } = answer.parse(asked);
  const decide = (verb: string, who: string, later: number, comment: string) =>
    office.perform(`${verb}Exception`, who, at(later), { params: { id }, body: { comment } });
  if (becomes === 'rejected') await decide('reject', lead, 1, 'That is no reason: the fix is out. Please update.');
  if (becomes === 'withdrawn') await decide('revoke', requester, 1, '');
  if (becomes === 'approved' || becomes === 'revoked' || becomes === 'renewed')
    await decide('approve', random.chance(0.5) ? lead : 'security-lead', 1, 'Agreed until then.');
  if (becomes === 'revoked') await decide('revoke', 'security-lead', 9, 'The rule in front is gone since yesterday.');
  if (becomes !== 'renewed') return;
  const renewed = await office.perform('renewException', requester, at(length - 3), {
    params: { id },
    body: { explanation: `${explanation} It is late.`, expiresAt: endOf(day + 2 * length - 4, timeline) },
  });
  await office.perform('approveException', lead, at(length - 2), { params: answer.parse(renewed), body: {} });
}

/** Ends may lie ahead, unlike what was done. */
function endOf(day: number, { now }: Timeline): string {
  return new Date(now.getTime() + day * 86_400_000).toISOString();
}

interface Suitable {
  readonly id: string;
  readonly kind: string;
  readonly rule: string;
  readonly severity: string;
  readonly team: string;
  readonly asset: string;
}

/** One finding, or a rule in all that the team has. */
function scopeOf({ id, kind, rule, team }: Suitable, { staff }: Office, random: Random): ExceptionScope {
  return random.chance(0.35) ? { finding: id } : { kind, rule, team: staff.team(team) };
}

async function suitable(query: Query, reason: ExceptionReason, random: Random): Promise<Suitable | undefined> {
  const rows = await query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .innerJoin('team', 'team.id', 'asset.team_id')
    .select([
      'finding.id',
      'finding.kind',
      'finding.rule',
      'finding.severity',
      'team.name as team',
      'asset.name as asset',
    ])
    .where('finding.state', '=', 'open')
    .where('finding.kind', '=', reason === 'false-positive' ? 'secret' : 'vulnerability')
    .where('finding.severity', 'in', reason === 'false-positive' ? ['critical', 'high', 'medium'] : ['high', 'medium'])
    .orderBy(sql`md5(finding.rule || asset.name)`)
    .limit(400)
    .execute();
  return rows.length === 0 ? undefined : random.pick(rows);
}
