import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { scopesOf } from '#identity/index.ts';
import { formats } from '#intake/index.ts';
import { type TakeInFailure, takeIn } from '../../reports/take-in.ts';
import { RequestProblem } from '../../request-problem.ts';
import { type Route, type RouteRequest, route } from '../../route.ts';

/** Of what is sent, and of what it is unpacked to. */
const MAX_BYTES = 64 * 1024 * 1024;

const search = z.object({
  format: z
    .enum(formats.map(({ id }) => id))
    .optional()
    .meta({ description: 'Without it, by the marks of the document' }),
  asset: z
    .string()
    .max(700)
    .optional()
    .meta({ description: 'KIND:NAME of what it is about, where the document does not name it: project:shop/checkout' }),
  digest: z
    .string()
    .regex(/^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/)
    .optional(),
});

const answer = z.object({
  report: z.uuid(),
  asset: z.uuid(),
  repeated: z.boolean().meta({ description: 'The same was here before: nothing has changed' }),
  packages: z.number().int(),
  findings: z.number().int(),
});

const uploadReport = route({
  id: 'uploadReport',
  method: 'POST',
  path: '/api/v1/reports',
  summary: 'Take in what a tool says of an artifact: a scan report, or findings of other tools; JSON, also with gzip',
  permission: 'reports:upload',
  params: z.object({}),
  search,
  body: z.instanceof(Buffer, { message: 'It is empty; send the document.' }),
  answer,
  status: 201,
  maxBody: MAX_BYTES,
  takesBytes: true,
  idempotency: 'own',
  async handle(request, context) {
    const { principal } = request;
    if (principal === undefined) throw new RequestProblem(401, 'not-authenticated', 'Sign in, or send a token.');
    const content = await unpacked(request.body, request.headers['content-encoding']);
    const taken = await takeIn(context, content, request.search, {
      principal,
      scopes: scopesOf(principal, 'reports:upload'),
      ...keyOf(request.headers),
    });
    if (!taken.ok) throw refusal(taken.error);
    const { report, asset, isRepeated, packages, findings } = taken.value;
    return { report, asset, repeated: isRepeated, packages, findings };
  },
});

const unpack = promisify(gunzip);

/** A few bytes may unpack to gigabytes: it ends at the bound. */
async function unpacked(body: Buffer, encoding = 'identity'): Promise<Buffer> {
  const isPacked = encoding === 'gzip' || (body[0] === 0x1f && body[1] === 0x8b);
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new RequestProblem(415, 'unsupported', 'The body may be packed with gzip, and with nothing else.');
  if (!isPacked) return body;
  try {
    return await unpack(body, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    if (error instanceof RangeError)
      throw new RequestProblem(413, 'too-large', `The document has more than ${MAX_BYTES} bytes when it is unpacked.`);
    throw new RequestProblem(
      400,
      'invalid-request',
      'The body is said to be packed with gzip, and cannot be unpacked.',
    );
  }
}

const KEY = /^[\x21-\x7e]{1,200}$/;

function keyOf(headers: RouteRequest<unknown, unknown, unknown>['headers']): { idempotencyKey?: string } {
  const key = headers['idempotency-key'];
  if (key === undefined) return {};
  if (!KEY.test(key))
    throw new RequestProblem(400, 'invalid-request', 'An Idempotency-Key has 1 to 200 visible characters.');
  return { idempotencyKey: key };
}

function refusal({ kind, message }: TakeInFailure): RequestProblem {
  switch (kind) {
    case 'asset':
      return new RequestProblem(400, 'invalid-request', 'The request is not as it must be; see fields.', [
        { field: 'query.asset', message },
      ]);
    case 'encoding':
      return new RequestProblem(400, 'invalid-request', message);
    case 'unreadable':
      return new RequestProblem(422, 'unreadable-report', message);
    case 'key-used':
      return new RequestProblem(422, 'key-used', message);
    case 'out-of-scope':
      return new RequestProblem(403, 'not-allowed', message);
  }
}

export const reportRoutes: readonly Route[] = [uploadReport];
