import { z } from 'zod';
import { scopesOf } from '#identity/index.ts';
import { clusterDocument, exposuresOf, hostDocument } from '#intake/index.ts';
import { acceptCluster, acceptHost, recordAudit } from '#storage/index.ts';
import { followEstate } from '../../estate/tell.ts';
import { RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known } from '../accounts/rights.ts';

const MAX_BYTES = 32 * 1024 * 1024;

const answer = z.object({
  id: z.uuid(),
  old: z.boolean().meta({ description: 'The same or something newer was told before: nothing has changed' }),
});

const refused = () =>
  new RequestProblem(403, 'not-allowed', 'You may not tell of this host or cluster; ask an administrator.');

const host = route({
  id: 'tellHost',
  method: 'POST',
  path: '/api/v1/inventories/hosts',
  summary: 'Take in all containers and listening sockets of a host: what is not told is gone',
  permission: 'reports:upload',
  ...nothing,
  body: hostDocument,
  answer,
  maxBody: MAX_BYTES,
  async handle({ body, principal }, { query, now }) {
    const at = now();
    const { name, labels = {}, ...facts } = body.host;
    const told = {
      name,
      facts,
      labels,
      generation: body.generation,
      createdAt: new Date(body.createdAt),
      containers: body.containers.map(({ key, name: called, image, digests, ...rest }) => ({
        key,
        name: called,
        image,
        digests,
        facts: rest,
      })),
      listeners: body.listeners.map(({ process, container, ...rest }) => ({ ...rest, process, container })),
    };
    const scopes = scopesOf(known(principal), 'reports:upload');
    return query.transaction().execute(async (transaction) => {
      const accepted = await acceptHost(transaction, told, scopes, at);
      if (!accepted.ok) throw refused();
      const { id, isOld, changed } = accepted.value;
      if (isOld) return { id, old: true };
      await followEstate(transaction, { changed, exposed: [] }, at);
      const details = { generation: body.generation, containers: body.containers.length };
      await recordAudit(transaction, {
        principal: known(principal),
        action: 'host.tell',
        subject: `asset ${id}`,
        details,
        at,
      });
      return { id, old: false };
    });
  },
});

const cluster = route({
  id: 'tellCluster',
  method: 'POST',
  path: '/api/v1/inventories/clusters',
  summary: 'Take in all workloads of a cluster with services and ingresses: what is not told is gone',
  permission: 'reports:upload',
  ...nothing,
  body: clusterDocument,
  answer,
  maxBody: MAX_BYTES,
  async handle({ body, principal }, { query, now }) {
    const at = now();
    const { name, ...facts } = body.cluster;
    const exposureOf = exposuresOf(body);
    const told = {
      name,
      facts,
      generation: body.generation,
      createdAt: new Date(body.createdAt),
      namespaces: body.namespaces,
      workloads: body.workloads.map((workload) => {
        const { namespace, kind, name: called, labels, containers, podLabels: _, ...rest } = workload;
        const { exposure, by } = exposureOf(workload);
        return {
          ...{ namespace, kind, name: called, labels, facts: rest, exposure, exposedBy: by },
          containers: containers.map((one) => ({ key: one.name, facts: {}, ...one })),
        };
      }),
    };
    const scopes = scopesOf(known(principal), 'reports:upload');
    return query.transaction().execute(async (transaction) => {
      const accepted = await acceptCluster(transaction, told, scopes, at);
      if (!accepted.ok) throw refused();
      const { id, isOld, changed, exposed } = accepted.value;
      if (isOld) return { id, old: true };
      await followEstate(transaction, { changed, exposed }, at);
      const details = { generation: body.generation, workloads: body.workloads.length };
      await recordAudit(transaction, {
        principal: known(principal),
        action: 'cluster.tell',
        subject: `cluster ${id}`,
        details,
        at,
      });
      return { id, old: false };
    });
  },
});

export const inventoryRoutes: readonly Route[] = [host, cluster];
