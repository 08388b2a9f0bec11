import type { Finding, ScanReport } from '#scan/index.ts';
import type { DemoCluster } from '../organisation.ts';
import { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';
import { misconfiguration } from './configuration.ts';
import { emptyReport } from './sources.ts';

/** What runs in a cluster. */
export interface DemoWorkload {
  /** `prod-eu/checkout/Deployment/cart-api` */
  readonly name: string;
  readonly cluster: DemoCluster;
  readonly namespace: string;
  readonly kind: string;
  readonly service: string;
  /** Reference of the image. */
  readonly image: string;
  readonly exposure: 'internet' | 'internal' | 'unknown';
  readonly diligence: number;
  /** Days on which its manifest was looked at. */
  readonly scans: readonly number[];
}

/** How many workloads in a hundred fail each check before anybody has worked on it. */
const FAILING: Readonly<Record<string, number>> = {
  'kubernetes-writable-root-filesystem': 70,
  'kubernetes-run-as-non-root': 55,
  'kubernetes-capabilities-not-dropped': 60,
  'kubernetes-privilege-escalation': 50,
  'kubernetes-seccomp-missing': 45,
  'kubernetes-memory-limit': 35,
  'kubernetes-cpu-limit': 40,
  'kubernetes-liveness-probe': 25,
  'kubernetes-image-not-pinned': 45,
  'kubernetes-service-account-automount': 40,
  'kubernetes-secret-in-environment': 12,
  'kubernetes-host-path': 6,
  'kubernetes-host-network': 4,
  'kubernetes-privileged': 3,
  'kubernetes-runtime-socket': 2,
  'kubernetes-network-policy-missing-ingress': 30,
  'kubernetes-single-replica': 20,
};

/** The report on the manifest of a workload as it was at its scan of that number. */
export function workloadReport(workload: DemoWorkload, scan: number, timeline: Timeline, seed: string): ScanReport {
  const at = timeline.at(workload.scans[scan] ?? 0, 3);
  const path = `${workload.cluster.name}/${workload.namespace}/${workload.service}.yaml`;
  return {
    ...emptyReport(at),
    artifact: { kind: 'tree', name: path, scheme: 'directory', tags: [], layers: [] },
    scanners: ['misconfiguration'],
    findings: findingsOf(workload, scan, path, new Random(`${seed} ${workload.name}`)),
  };
}

function findingsOf(workload: DemoWorkload, scan: number, path: string, random: Random): Finding[] {
  const { kind, service: name, namespace, diligence } = workload;
  const resource = { kind: kind === 'CronJob' ? 'batch/v1/CronJob' : `apps/v1/${kind}`, name, namespace };
  return Object.entries(FAILING).flatMap(([id, percent]) => {
    const fails = random.chance(percent / 100);
    const isMended = random.chance(diligence * 0.7);
    const line = random.between(8, 60);
    return fails && !(scan > 0 && isMended) ? [misconfiguration(id, { path, line }, resource)] : [];
  });
}
