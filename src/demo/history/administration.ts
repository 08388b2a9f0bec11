import type { Timeline } from '../timeline.ts';
import type { Office } from './office.ts';

/** What an administrator and the leads set up in the first weeks: tokens, trust in a CI system, views that teams share. */
export async function setUp(office: Office, timeline: Timeline): Promise<void> {
  const at = timeline.at(-85);
  const account = (name: string) => office.staff.actor(name).account;
  for (const [owner, name, permissions] of [
    ['build-pipelines', 'Pipelines of the shop', ['reports:upload', 'findings:read']],
    ['scheduled-scans', 'Nightly scans', ['reports:upload']],
    ['host-agents', 'Machines', ['reports:upload']],
  ] as const)
    await office.perform('addToken', 'administrator', at, {
      body: { account: account(owner), name, permissions, days: 365 },
    });
  await office.perform('addToken', 'developer-1', timeline.at(-20), {
    body: {
      name: 'My editor',
      permissions: ['findings:read'],
      scope: { kind: 'team', team: office.staff.team('checkout') },
      days: 90,
    },
  });
  await office.perform('addTrustRule', 'administrator', at, {
    body: {
      name: 'Main branch of the shop',
      issuer: 'https://token.actions.githubusercontent.com',
      audience: 'plimsoll',
      claims: { repository: 'demo/*', ref: 'refs/heads/main' },
      account: account('build-pipelines'),
    },
  });
  const views = [
    { name: 'Critical, on the internet', filter: 'is:open severity:critical exposure:internet', sort: 'rank' },
    { name: 'Overdue', filter: 'is:overdue', sort: 'due' },
    { name: 'Secrets that are still there', filter: 'is:open kind:secret', sort: 'seen' },
  ];
  for (const view of views) await office.perform('addView', 'security-lead', at, { body: view });
}
