import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { scopesOf } from '#identity/index.ts';
import { assessmentOf, formats, parseAsset, readSubmission, type UploadContext } from '#intake/index.ts';
import { type AcceptedReport, acceptReport, enqueue, keepAssessment, type Query } from '#storage/index.ts';
import { MATCH_INVENTORY } from '../../advisories/apply.ts';
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
  async handle(request, { query, now }) {
    const receivedAt = now();
    const { principal } = request;
    if (principal === undefined) throw new RequestProblem(401, 'not-authenticated', 'Sign in, or send a token.');
    const content = await unpacked(request.body, request.headers['content-encoding']);
    const submission = submissionOf(content, request.search, receivedAt);
    const accepted = await query.transaction().execute(async (transaction) => {
      const outcome = await acceptReport(transaction, submission, {
        content: contentOf(content, request.search),
        principal,
        scopes: scopesOf(principal, 'reports:upload'),
        receivedAt,
        ...keyOf(request.headers),
      });
      // Thrown inside, so that nothing of it stays.
      if (!outcome.ok) throw refusal(outcome.error);
      if (submission.packages !== undefined && !outcome.value.isRepeated)
        await enqueue(transaction, { kind: MATCH_INVENTORY, payload: {}, runAt: receivedAt, key: 'now' });
      await keepAnswers(transaction, outcome.value, content);
      return outcome.value;
    });
    const { report, asset, isRepeated, packages, findings } = accepted;
    return { report, asset, repeated: isRepeated, packages, findings };
  },
});

/** What checks and policies said, of reports of our own. */
async function keepAnswers(
  query: Query,
  { report, asset, isRepeated }: AcceptedReport,
  content: Buffer,
): Promise<void> {
  const document = isRepeated ? undefined : assessmentOf(decoded(content));
  if (document !== undefined) await keepAssessment(query, { report, asset, document });
}

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

/** The same document about another asset is another report. */
function contentOf(content: Buffer, about: z.infer<typeof search>): string {
  return createHash('sha256')
    .update(JSON.stringify([about.format ?? '', about.asset ?? '', about.digest ?? '']))
    .update(content)
    .digest('hex');
}

function submissionOf(content: Buffer, { format, asset, digest }: z.infer<typeof search>, receivedAt: Date) {
  const named = asset === undefined ? undefined : parseAsset(asset);
  if (named && !named.ok)
    throw new RequestProblem(400, 'invalid-request', 'The request is not as it must be; see fields.', [
      { field: 'query.asset', message: `${named.error}.` },
    ]);
  const context: UploadContext = { receivedAt, ...(named && { asset: named.value }), ...(digest && { digest }) };
  const read = readSubmission(decoded(content), format, context);
  if (!read.ok) throw new RequestProblem(422, 'unreadable-report', `The document cannot be taken in: ${read.error}.`);
  return read.value;
}

/** Text that is not UTF-8 would be stored as something else than what was sent. */
function decoded(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new RequestProblem(400, 'invalid-request', 'The document is not UTF-8.');
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

function refusal(reason: 'out-of-scope' | 'key-used'): RequestProblem {
  if (reason === 'key-used')
    return new RequestProblem(422, 'key-used', 'This Idempotency-Key was used for another document; take a new one.');
  return new RequestProblem(403, 'not-allowed', 'You may not upload reports about this asset; ask an administrator.');
}

export const reportRoutes: readonly Route[] = [uploadReport];
