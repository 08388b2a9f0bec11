import { z } from 'zod';
import { openApiDocument } from '../../openapi.ts';
import { nothing, type Route, route } from '../../route.ts';

/** The description of all routes, for clients and their generators. */
export function openApiRoute(routes: readonly Route[]): Route {
  const document = openApiDocument(routes);
  return route({
    id: 'getOpenApi',
    method: 'GET',
    path: '/api/v1/openapi.json',
    summary: 'The OpenAPI 3.1 document of this interface',
    permission: 'signed-in',
    ...nothing,
    answer: z.object({}).loose(),
    handle: async () => ({ ...document }),
  });
}
