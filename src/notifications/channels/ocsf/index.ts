import { z } from 'zod';
import { programVersion } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';
import { declareChannel, postJson } from '../../channel.ts';
import { alertStateOf, type MessageEvent } from '../../message.ts';
import { headerSecret, webAddress } from '../../settings.ts';

const SEVERITIES: ReadonlyMap<Severity, number> = new Map([
  ['unknown', 0],
  ['info', 1],
  ['low', 2],
  ['medium', 3],
  ['high', 4],
  ['critical', 5],
]);

/** Vulnerability Finding and Compliance Finding; what is neither is a Detection Finding. */
const CLASSES: ReadonlyMap<string, number> = new Map([
  ['vulnerability', 2002],
  ['check', 2003],
  ['misconfiguration', 2003],
]);

/** Findings in the Open Cybersecurity Schema Framework 1.3, as an array; what is not about a finding is not sent. */
export const ocsf = declareChannel({
  id: 'ocsf',
  title: 'OCSF over HTTP',
  references: ['https://schema.ocsf.io/1.3.0/categories/findings'],
  settings: z.strictObject({ url: webAddress, token: headerSecret.optional() }),
  secrets: ['url', 'token'],
  destination: [],
  compose({ events }, { url, token }) {
    const findings = events.flatMap((event) => (event.finding || event.kind === 'channel.test' ? [ocsfOf(event)] : []));
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return findings.length === 0 ? [] : [postJson(url, findings, headers)];
  },
});

function ocsfOf(event: MessageEvent): object {
  const { finding, kind, title } = event;
  const classId = CLASSES.get(finding?.kind ?? '') ?? 2004;
  const state = alertStateOf(event);
  const activity = kind === 'finding.opened' || kind === 'channel.test' ? 1 : state === 'resolved' ? 3 : 2;
  const resource = finding && [
    { name: finding.asset, ...(event.team !== undefined && { owner: { name: event.team } }) },
  ];
  return {
    activity_id: activity,
    category_uid: 2,
    class_uid: classId,
    type_uid: classId * 100 + activity,
    time: event.at.getTime(),
    severity_id: SEVERITIES.get(event.severity ?? 'unknown') ?? 0,
    status_id: statusOf(event),
    message: title,
    metadata: {
      version: '1.3.0',
      uid: event.id,
      event_code: kind,
      product: { name: 'Plimsoll', vendor_name: 'Plimsoll', version: programVersion },
    },
    finding_info: { uid: event.subject.id, title, types: [finding?.kind ?? 'test'] },
    ...(resource && { resources: resource }),
    ...(classId === 2002 && { vulnerabilities: [vulnerabilityOf(event)] }),
    ...(classId === 2003 && { compliance: { control: finding?.rule ?? '', standards: ['Plimsoll'], status_id: 3 } }),
  };
}

/** 1 new, 3 suppressed, 4 resolved, 2 in progress */
function statusOf({ kind }: MessageEvent): number {
  if (kind === 'finding.fixed') return 4;
  if (kind === 'finding.decided') return 3;
  return kind === 'finding.opened' || kind === 'finding.reopened' ? 1 : 2;
}

function vulnerabilityOf({ finding, title, severity }: MessageEvent): object {
  const rule = finding?.rule ?? '';
  return {
    title,
    severity: severity ?? 'unknown',
    vendor_name: 'Plimsoll',
    ...(rule.startsWith('CVE-') ? { cve: { uid: rule } } : { advisory: { uid: rule } }),
  };
}
