import { z } from 'zod';
import { ok } from '#foundation/index.ts';
import type { IngestFormat } from '../ingest/ingest.ts';
import { microsecondsOf } from '../ingest/time.ts';

const auditEvent = z.looseObject({
  kind: z.literal('Event'),
  apiVersion: z.string().startsWith('audit.k8s.io/'),
  auditID: z.string(),
  stage: z.string(),
  requestReceivedTimestamp: z.string().optional(),
  stageTimestamp: z.string().optional(),
});
const auditList = z.looseObject({ kind: z.literal('EventList'), items: z.array(z.unknown()).max(100_000) });

/** The audit log of the API server, line by line from its file or as lists from its webhook. For rules with `source: k8s_audit`. */
export const kubernetesAuditFormat: IngestFormat = {
  id: 'kubernetes-audit',
  title: 'Audit log of Kubernetes',
  references: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/'],
  maturity: 'stable',
  requires: 'an API server with an audit policy that logs to a file or to a webhook',
  blindTo: ['what processes do', 'requests that the audit policy leaves out'],
  read(record) {
    const list = auditList.safeParse(record);
    const items = list.success ? list.data.items : [record];
    return ok(
      items.map((item) => {
        const parsed = auditEvent.safeParse(item);
        const time = parsed.success && (parsed.data.stageTimestamp ?? parsed.data.requestReceivedTimestamp);
        const timeUs = time ? microsecondsOf(time) : undefined;
        if (timeUs === undefined) return { kind: 'unreadable', detail: 'is no audit event with a time' } as const;
        return { kind: 'document', document: { source: 'k8s_audit', timeUs, document: item } } as const;
      }),
    );
  },
};
