import type { FastifyInstance } from 'fastify';
import { observeRequest } from './metrics.ts';

/** Counts and times every request, also those that no route answered. */
export function measureRequests(application: FastifyInstance): void {
  application.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    observeRequest(method, routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime / 1000);
  });
}
