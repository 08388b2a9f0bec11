import type { Estate } from '../estate.ts';
import { clusters, type DemoCluster } from '../organisation.ts';
import { Random } from '../random.ts';
import type { DemoHost } from '../reports/hosts.ts';
import type { DemoRepository } from '../reports/images.ts';
import { buildDigest } from '../reports/images.ts';
import type { DemoWorkload } from '../reports/workloads.ts';
import type { Timeline } from '../timeline.ts';
import type { Office } from './office.ts';

/** What agents tell on a day of what runs where, and of what leads to it. */
export async function tellInventories(office: Office, estate: Estate, day: number, timeline: Timeline): Promise<void> {
  const at = timeline.at(day, 6);
  const stamp = { generation: at.getTime(), createdAt: at.toISOString() };
  for (const cluster of clusters) {
    const workloads = estate.workloads.filter((one) => one.cluster.name === cluster.name);
    if (workloads.length > 0)
      await office.perform('tellCluster', 'host-agents', at, {
        body: clusterDocument(estate, cluster, workloads, day, stamp),
      });
  }
  for (const host of estate.hosts)
    await office.perform('tellHost', 'host-agents', at, { body: hostDocument(estate, host, day, stamp) });
}

interface Stamp {
  readonly generation: number;
  readonly createdAt: string;
}

function clusterDocument(
  estate: Estate,
  { name }: DemoCluster,
  workloads: readonly DemoWorkload[],
  day: number,
  stamp: Stamp,
): object {
  const open = workloads.filter(({ exposure }) => exposure === 'internet');
  return {
    schema: 'plimsoll.cluster.v1',
    cluster: { name, version: '1.34.2' },
    ...stamp,
    namespaces: [...new Set(workloads.map(({ namespace }) => namespace))].map((one) => ({ name: one, labels: {} })),
    workloads: workloads.map((workload) => ({
      namespace: workload.namespace,
      kind: workload.kind,
      name: workload.service,
      labels: { app: workload.service },
      podLabels: { app: workload.service },
      serviceAccount: 'default',
      replicas: 2,
      containers: [{ name: workload.service, image: workload.image, digests: digestsOf(estate, workload, day) }],
    })),
    services: open.map(({ namespace, service }) => ({
      namespace,
      name: service,
      type: 'ClusterIP',
      selector: { app: service },
    })),
    ingresses: open.map(({ namespace, service }) => ({ namespace, name: service, services: [service] })),
  };
}

function hostDocument(estate: Estate, host: DemoHost, day: number, stamp: Stamp): object {
  const random = new Random(`${estate.seed} containers ${host.name} ${day}`);
  const mine = placedOn(estate, host);
  const containers = mine.map((workload) => ({
    key: random.hex(24),
    name: `${workload.service}-${random.hex(5)}`,
    image: workload.image,
    digests: digestsOf(estate, workload, day),
    runtime: 'containerd',
    startedAt: stamp.createdAt,
    labels: { 'io.kubernetes.pod.namespace': workload.namespace },
  }));
  return {
    schema: 'plimsoll.host.v1',
    host: { name: host.name, os: 'Ubuntu 24.04 LTS', kernel: '6.8.0-90-generic', architecture: 'amd64' },
    ...stamp,
    containers,
    listeners: [
      { protocol: 'tcp', address: '0.0.0.0', port: 22, process: 'sshd' },
      { protocol: 'tcp', address: '0.0.0.0', port: 10_250, process: 'kubelet' },
      ...containers.slice(0, 6).map(({ key }, index) => ({
        protocol: 'tcp',
        address: `10.42.${index}.7`,
        port: 8080,
        process: 'service',
        container: key,
      })),
    ],
  };
}

/** Workloads of the cluster of the host, dealt out to its hosts in turn. */
function placedOn({ hosts, workloads }: Estate, host: DemoHost): readonly DemoWorkload[] {
  const mates = hosts.filter(({ cluster }) => cluster === host.cluster);
  const turn = mates.indexOf(host);
  return workloads
    .filter(({ cluster }) => cluster.name === host.cluster)
    .filter((_, index) => index % mates.length === turn);
}

/** Of the newest build of that day. */
function digestsOf({ seed, repositories }: Estate, { image }: DemoWorkload, day: number): readonly string[] {
  const repository: DemoRepository | undefined = repositories.find(({ name }) => `${name}:latest` === image);
  if (repository === undefined) return [];
  const build = repository.builds.findLastIndex((built) => built <= day);
  return build < 0 ? [] : [buildDigest(seed, repository, build)];
}
