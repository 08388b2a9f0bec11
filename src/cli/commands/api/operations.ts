import { z } from 'zod';
import type { Result } from '#foundation/index.ts';
import { askFor, type Question, type Refusal } from '../../server/ask.ts';
import type { Connection } from '../../server/connection.ts';

export interface Operation {
  readonly id: string;
  readonly method: Question['method'];
  /** `/api/v1/findings/{id}` */
  readonly path: string;
  readonly summary: string;
  readonly permission: string;
  readonly inPath: readonly string[];
  readonly inQuery: readonly string[];
  /** It takes a file as it is. */
  readonly takesBytes: boolean;
}

const parameter = z.object({ name: z.string(), in: z.string() });
const operation = z.object({
  operationId: z.string(),
  summary: z.string().default(''),
  'x-permission': z.string().default(''),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content: z.record(z.string(), z.unknown()) }).optional(),
});
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });
const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** What this server can do, by its own description: it may be newer than this program. */
export async function operationsOf(connection: Connection): Promise<Result<Operation[], Refusal>> {
  const read = await askFor(connection, { method: 'GET', path: '/api/v1/openapi.json' }, document);
  return read.ok ? { ok: true, value: declared(read.value) } : read;
}

function declared({ paths }: z.infer<typeof document>): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([word, described]) => {
      const known = method.safeParse(word.toUpperCase());
      return known.success ? [operationOf(path, known.data, described)] : [];
    }),
  );
}

function operationOf(path: string, method: Question['method'], described: z.infer<typeof operation>): Operation {
  const named = (place: string) => described.parameters.filter((one) => one.in === place).map(({ name }) => name);
  return {
    id: described.operationId,
    method,
    path,
    summary: described.summary,
    permission: described['x-permission'],
    inPath: named('path'),
    inQuery: named('query'),
    takesBytes: described.requestBody?.content['application/octet-stream'] !== undefined,
  };
}
