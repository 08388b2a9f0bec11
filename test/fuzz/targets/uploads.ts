import assert from 'node:assert/strict';
import type { Submission } from '#findings/index.ts';
import { clusterDocument, exposuresOf, readSubmission } from '#intake/index.ts';
import type { FuzzTarget } from '../target.ts';

const receivedAt = new Date('2026-11-24T12:00:00Z');
const asset = { kind: 'project', name: 'shop' } as const;

const event = {
  hostname: 'node-7',
  output: 'A shell was spawned (cmdline=bash)',
  priority: 'Notice',
  rule: 'Terminal shell in container',
  tags: ['T1059'],
  time: '2026-11-24T09:00:00Z',
  output_fields: { 'container.image.repository': 'shop/web', 'proc.exepath': '/bin/bash' },
};
const bom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { component: { type: 'container', name: 'r.example/shop:1', purl: 'pkg:oci/shop@sha256:00' } },
  components: [{ type: 'library', name: 'lodash', version: '4.17.15', purl: 'pkg:npm/lodash@4.17.15' }],
};
const spdx = {
  spdxVersion: 'SPDX-2.3',
  packages: [
    {
      SPDXID: 'SPDXRef-a',
      name: 'curl',
      versionInfo: '7.88.1-10',
      externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:deb/debian/curl@7.88.1-10?distro=debian-12' }],
    },
  ],
};
const findings = {
  schema: 'plimsoll.findings.v1',
  tool: { name: 'audit' },
  asset: 'host:db',
  findings: [{ kind: 'audit', id: 'port', severity: 'high', title: 'Open', path: 'a', line: 4 }],
};

/** Documents that are taken in: what comes out fits the database, or there is a word about it. */
export const uploads: FuzzTarget = {
  id: 'uploads',
  title: 'Documents that the server takes in',
  form: 'json',
  seeds: () => [
    ...[event, [event, event], bom, spdx, findings].map((one) => Buffer.from(JSON.stringify(one))),
    Buffer.from(`${JSON.stringify(event)}\n${JSON.stringify(event)}\n`),
  ],
  run(bytes) {
    const read = readSubmission(Buffer.from(bytes).toString('utf8'), undefined, { asset, receivedAt });
    if (read.ok) checkStorable(read.value);
    else assert.ok(read.error.length > 5);
  },
};

function checkStorable(submission: Submission): void {
  assert.doesNotMatch(JSON.stringify(submission), /\\u0000/);
  for (const { subject, title, ids, occurrences } of submission.findings) {
    assert.ok(subject.length <= 380 && title.length <= 500 && ids.every((id) => id.length <= 200));
    assert.ok(occurrences.every(({ location }) => location.length <= 480));
  }
  for (const { name, lookups = [] } of submission.packages ?? [])
    assert.ok(name.length <= 480 && lookups.every((key) => key.length <= 320));
}

const cluster = {
  schema: 'plimsoll.cluster.v1',
  cluster: { name: 'prod' },
  generation: 1,
  createdAt: '2026-11-24T10:00:00Z',
  workloads: [{ namespace: 'shop', kind: 'Deployment', name: 'web', podLabels: { app: 'web' }, containers: [] }],
  services: [{ namespace: 'shop', name: 'web', type: 'LoadBalancer', selector: { app: 'web' } }],
  ingresses: [{ namespace: 'shop', name: 'front', services: ['web'] }],
};

/** What agents tell of clusters: whatever is exposed to the internet names what leads there. */
export const clusterState: FuzzTarget = {
  id: 'cluster-state',
  title: 'Workloads and services as agents tell them',
  form: 'json',
  seeds: () => [Buffer.from(JSON.stringify(cluster))],
  run(bytes) {
    let json: unknown;
    try {
      json = JSON.parse(Buffer.from(bytes).toString('utf8'));
    } catch {
      return;
    }
    const read = clusterDocument.safeParse(json);
    if (!read.success) return;
    const exposureOf = exposuresOf(read.data);
    for (const workload of read.data.workloads) {
      const { exposure, by } = exposureOf(workload);
      assert.ok(exposure === 'internal' || by.length > 0);
    }
  },
};
