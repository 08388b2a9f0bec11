import type { Channel } from '../channel.ts';
import { email } from './email/index.ts';
import { ocsf } from './ocsf/index.ts';
import { opsgenie } from './opsgenie/index.ts';
import { pagerduty } from './pagerduty/index.ts';
import { slack } from './slack/index.ts';
import { splunkHec } from './splunk-hec/index.ts';
import { syslog } from './syslog/index.ts';
import { teams } from './teams/index.ts';
import { webhook } from './webhook/index.ts';

/** Every way to tell somebody, by id. */
export const channels: ReadonlyMap<string, Channel> = new Map(
  [webhook, email, slack, teams, pagerduty, opsgenie, syslog, splunkHec, ocsf].map((channel) => [channel.id, channel]),
);
