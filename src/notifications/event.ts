/** Everything that somebody can be told of. Public and permanent: rules and receivers name them. */
export const eventKinds = [
  'finding.opened',
  'finding.reopened',
  'finding.fixed',
  'finding.decided',
  'finding.assigned',
  'finding.commented',
  'finding.due-soon',
  'finding.overdue',
  'exception.requested',
  'exception.approved',
  'exception.rejected',
  'exception.revoked',
  'exception.renewed',
  'exception.expiring',
  'exception.expired',
  'campaign.started',
  'campaign.due-soon',
  'campaign.finished',
  'objective.at-risk',
  'objective.missed',
  'agent.silent',
  'channel.test',
] as const;

export type EventKind = (typeof eventKinds)[number];
