import type { Query } from '#storage/index.ts';
import { people, teams } from '../organisation.ts';
import type { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';
import type { Office } from './office.ts';

const COMMENTS = [
  'Is in the next release; the branch is green.',
  'The base image has the fix since this week, we only have to build again.',
  'Needs the major version, which changes the interface. Planned for the next sprint.',
  'Not reachable from outside as far as I can see. Looking into it.',
  'Waiting for the publisher; there is no version without it yet.',
] as const;

/** What the people of a day take from their lists: they assign, begin, comment and set dates. */
export async function triage(office: Office, day: number, random: Random, timeline: Timeline): Promise<void> {
  const waiting = await waitingFindings(office.query, Math.max(12, teams.length * 4));
  for (const { id, team, severity } of random.some(waiting, random.between(4, 14))) {
    const member = random.pick(people.filter((one) => one.team === team && one.role !== 'security'));
    const diligence = teams.find(({ name }) => name === team)?.diligence ?? 0.5;
    if (!random.chance(diligence)) continue;
    const at = timeline.at(day, 13 + random.next() * 3);
    const assignee = office.staff.actor(member.name).account;
    const isTaken = random.chance(0.7);
    await office.perform('changeFinding', member.name, at, {
      params: { id },
      body: { assignee, ...(isTaken && { state: 'in-progress' }) },
    });
    if (random.chance(0.35))
      await office.perform('addFindingComment', member.name, at, {
        params: { id },
        body: { text: random.pick(COMMENTS) },
      });
    if (random.chance(0.06) && severity !== 'critical')
      await office.perform('changeFinding', `${team}-lead`, at, {
        params: { id },
        body: { dueAt: timeline.at(day + 40).toISOString(), reason: 'Comes with the move to the new platform.' },
      });
  }
}

/** Open, of a team, the worst first. */
function waitingFindings(query: Query, perDay: number) {
  return query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .innerJoin('team', 'team.id', 'asset.team_id')
    .select(['finding.id', 'finding.severity', 'team.name as team'])
    .where('finding.state', '=', 'open')
    .where('finding.assignee', 'is', null)
    .where('finding.severity', 'in', ['critical', 'high', 'medium'])
    .orderBy('finding.severity_rank')
    .orderBy('finding.first_seen_at', 'desc')
    .orderBy('finding.rule')
    .orderBy('asset.name')
    .limit(perDay)
    .execute();
}
