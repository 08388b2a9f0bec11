import { z } from 'zod';

/** Bounds of what agents and auditors of clusters tell; what is larger is refused, and named. */
const text = (max: number) => z.string().max(max);
const labels = z.record(text(320), text(400)).default({});
const digest = z.string().regex(/^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/);

/** Grows with every document of the same teller; milliseconds since 1970 will do. */
const generation = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const container = z.object({
  key: text(200).min(1).meta({ description: 'What it is called by its run-time, for as long as it is there: its id' }),
  name: text(300),
  image: text(700).meta({ description: 'As the run-time names it: ghcr.io/shop/web:1.4' }),
  digests: z
    .array(digest)
    .max(20)
    .default([])
    .meta({ description: 'By which the image is known: of manifest, index or configuration' }),
  runtime: text(40).optional(),
  startedAt: z.iso.datetime().optional(),
  privileged: z.boolean().optional(),
  labels: labels.optional(),
});

const listener = z.object({
  protocol: z.enum(['tcp', 'udp']),
  address: text(60),
  port: z.number().int().min(0).max(65_535),
  process: text(300).optional(),
  container: text(200).optional().meta({ description: 'Key of the container that listens' }),
});

/** All containers that run on a host, and all sockets that listen: what is not in it is gone. */
export const hostDocument = z.object({
  schema: z.literal('plimsoll.host.v1'),
  host: z.object({
    name: text(600).min(1),
    os: text(200).optional(),
    kernel: text(200).optional(),
    architecture: text(40).optional(),
    labels: labels.optional(),
  }),
  generation,
  createdAt: z.iso.datetime({ offset: true }),
  containers: z.array(container).max(10_000),
  listeners: z.array(listener).max(50_000).default([]),
});

export type HostDocument = z.infer<typeof hostDocument>;

const workload = z.object({
  namespace: text(63).min(1),
  kind: text(63).min(1),
  name: text(253).min(1),
  labels,
  podLabels: labels,
  serviceAccount: text(253).optional(),
  hostNetwork: z.boolean().optional(),
  replicas: z.number().int().min(0).optional(),
  containers: z
    .array(z.object({ name: text(253).min(1), image: text(700), digests: z.array(digest).max(20).default([]) }))
    .max(200),
});

/** All workloads of a cluster with what leads to them: what is not in it is gone. */
export const clusterDocument = z.object({
  schema: z.literal('plimsoll.cluster.v1'),
  cluster: z.object({
    name: text(200).regex(/^[^/\s]+$/, 'A name without spaces and slashes.'),
    version: text(60).optional(),
  }),
  generation,
  createdAt: z.iso.datetime({ offset: true }),
  namespaces: z
    .array(z.object({ name: text(63).min(1), labels }))
    .max(10_000)
    .default([]),
  workloads: z.array(workload).max(50_000),
  services: z
    .array(
      z.object({
        namespace: text(63),
        name: text(253),
        type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']),
        selector: labels,
        isInternal: z.boolean().optional().meta({ description: 'Its load balancer is reached from inside only' }),
        externalIps: z.array(text(60)).max(100).optional(),
      }),
    )
    .max(50_000)
    .default([]),
  ingresses: z
    .array(
      z.object({
        namespace: text(63),
        name: text(253),
        services: z.array(text(253)).max(500),
        isInternal: z.boolean().optional(),
      }),
    )
    .max(50_000)
    .default([])
    .meta({ description: 'Ingresses and routes of gateways, with the services of their namespace that they lead to' }),
});

export type ClusterDocument = z.infer<typeof clusterDocument>;
