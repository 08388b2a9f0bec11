import { z } from 'zod';
import { openApiDocument } from '../../src/server/openapi.ts';
import { routes } from '../../src/server/routes/index.ts';

const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query']),
  required: z.boolean(),
  schema: z.unknown(),
});

const content = z.record(z.string(), z.object({ schema: z.unknown().optional() }));

const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  'x-permission': z.string(),
  parameters: z.array(parameter),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional() })),
});

const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/** One operation as its OpenAPI description has it: what generators need of it. */
export interface Operation {
  readonly id: string;
  /** `GET` */
  readonly method: string;
  /** `/api/v1/findings/{id}` */
  readonly path: string;
  readonly summary: string;
  readonly permission: string;
  readonly parameters: readonly z.infer<typeof parameter>[];
  /** JSON schema; undefined when it takes none. */
  readonly body: unknown;
  /** It takes the bytes of a file as they are. */
  readonly takesBytes: boolean;
  readonly status: string;
  /** JSON schema; undefined when it answers nothing. */
  readonly answer: unknown;
}

/** All operations of the server, in the order of its list of routes. */
export function operations(): Operation[] {
  const { paths } = document.parse(openApiDocument(routes));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(method, path, described)),
  );
}

function operationOf(method: string, path: string, described: z.infer<typeof operation>): Operation {
  const { operationId, summary, parameters, requestBody, responses } = described;
  const [status = '200', response] = Object.entries(responses)[0] ?? [];
  const body = requestBody?.content['application/json'];
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    permission: described['x-permission'],
    parameters,
    body: body?.schema,
    takesBytes: requestBody !== undefined && body === undefined,
    status,
    answer: response?.content === undefined ? undefined : (response.content['application/json']?.schema ?? {}),
  };
}
