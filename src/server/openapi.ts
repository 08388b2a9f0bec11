import { z } from 'zod';
import { programVersion } from '#foundation/index.ts';
import type { Route } from './route.ts';

/** The OpenAPI 3.1 document of the routes, made from what validates their requests. */
export function openApiDocument(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Plimsoll', version: programVersion },
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-plimsoll' },
      },
      schemas: { Problem: PROBLEM },
    },
  };
}

function operationOf(route: Route): object {
  const { id, summary, permission, params, search, body, answer, status = 200, method, takesBytes } = route;
  const takesBody = method !== 'GET' && method !== 'DELETE' && !(body instanceof z.ZodUnknown);
  return {
    operationId: id,
    summary,
    ...(permission !== 'anyone' && { security: [{ token: [] }, { session: [] }] }),
    'x-permission': permission,
    parameters: [...parametersOf(params, 'path'), ...parametersOf(search, 'query')],
    ...(takesBody && {
      requestBody: {
        required: true,
        content: takesBytes
          ? { 'application/octet-stream': {} }
          : { 'application/json': { schema: schemaOf(body, 'input') } },
      },
    }),
    responses: {
      [String(status)]: {
        description: 'Done',
        ...(status !== 204 && { content: { 'application/json': { schema: schemaOf(answer, 'output') } } }),
      },
      default: {
        description: 'Why it was not done',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): object[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: one,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'fields'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};
