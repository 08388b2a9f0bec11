import type { Severity } from '#model/index.ts';
import { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';
import type { DemoWorkload } from './workloads.ts';

interface Detection {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly process: readonly string[];
}

const detections: readonly Detection[] = [
  {
    id: 'shell-in-container',
    severity: 'medium',
    title: 'A shell was started in a running container',
    process: ['containerd-shim', 'service', 'sh -i'],
  },
  {
    id: 'package-manager-run',
    severity: 'medium',
    title: 'A package manager ran in a running container',
    process: ['containerd-shim', 'sh', 'apk add nmap'],
  },
  {
    id: 'miner-pool-contacted',
    severity: 'critical',
    title: 'A process talked to a pool of miners',
    process: ['containerd-shim', 'service', 'kthreadd -o pool.demo.example:3333'],
  },
  {
    id: 'service-account-token-read',
    severity: 'high',
    title: 'A process that never did so read the token of the service account',
    process: ['containerd-shim', 'service', 'cat /var/run/secrets/kubernetes.io/serviceaccount/token'],
  },
  {
    id: 'new-listener',
    severity: 'low',
    title: 'A process listens on a port that the image does not name',
    process: ['containerd-shim', 'service', 'nc -l 4444'],
  },
];

/** What agents told of a workload in the last weeks, in the form that any tool may send; undefined of those where all was quiet. */
export function runtimeReport(
  { name }: DemoWorkload,
  timeline: Timeline,
  seed: string,
): { readonly day: number; readonly text: string } | undefined {
  const random = new Random(`${seed} runtime ${name}`);
  if (!random.chance(0.22)) return undefined;
  const day = random.between(-40, -1);
  const at = timeline.at(day, random.next() * 20);
  const findings = random.some(detections, random.between(1, 2)).map(({ id, severity, title, process }) => ({
    kind: 'runtime',
    id,
    severity,
    title,
    path: process.at(-1) ?? '',
    details: { process, at: at.toISOString(), container: random.hex(12) },
  }));
  const report = {
    schema: 'plimsoll.findings.v1',
    tool: { name: 'plimsoll-agent', version: '0.1.0' },
    createdAt: at.toISOString(),
    asset: `workload:${name}`,
    digest: `sha256:${random.hex(64)}`,
    kinds: ['runtime'],
    complete: false,
    findings,
  };
  return { day, text: JSON.stringify(report) };
}
