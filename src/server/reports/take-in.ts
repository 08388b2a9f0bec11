import { createHash } from 'node:crypto';
import { err, ok, type Result } from '#foundation/index.ts';
import { assessmentOf, parseAsset, parseUpload, submissionOf, type UploadContext } from '#intake/index.ts';
import {
  type AcceptedReport,
  acceptReport,
  type Delivery,
  enqueue,
  keepAssessment,
  type RefusedReport,
} from '#storage/index.ts';
import { MATCH_INVENTORY } from '../advisories/apply.ts';
import type { ServerContext } from '../route.ts';

/** What whoever sends a document says beside it. */
export interface AboutReport {
  readonly format?: string | undefined;
  /** `project:shop/checkout` */
  readonly asset?: string | undefined;
  readonly digest?: string | undefined;
}

export interface TakeInFailure {
  readonly kind: 'asset' | 'encoding' | 'unreadable' | RefusedReport;
  /** A whole sentence. */
  readonly message: string;
}

/** Reads a document and takes it in, all of it or nothing, with what follows from it. */
export async function takeIn(
  { query, now }: Pick<ServerContext, 'query' | 'now'>,
  content: Buffer,
  about: AboutReport,
  delivery: Pick<Delivery, 'principal' | 'scopes' | 'idempotencyKey'>,
): Promise<Result<AcceptedReport, TakeInFailure>> {
  const receivedAt = now();
  const read = readContent(content, about, receivedAt);
  if (!read.ok) return read;
  const { submission, assessment } = read.value;
  try {
    const accepted = await query.transaction().execute(async (transaction) => {
      const outcome = await acceptReport(transaction, submission, {
        ...delivery,
        content: contentOf(content, about),
        receivedAt,
      });
      if (!outcome.ok) throw new Refused(outcome.error);
      const { report, asset, isRepeated } = outcome.value;
      if (isRepeated) return outcome.value;
      if (submission.packages !== undefined)
        await enqueue(transaction, { kind: MATCH_INVENTORY, payload: {}, runAt: receivedAt, key: 'now' });
      if (assessment !== undefined) await keepAssessment(transaction, { report, asset, document: assessment });
      return outcome.value;
    });
    return ok(accepted);
  } catch (error) {
    if (error instanceof Refused) return err({ kind: error.reason, message: REFUSALS[error.reason] });
    throw error;
  }
}

/** Thrown inside the transaction, so that nothing of it stays. */
class Refused extends Error {
  readonly reason: RefusedReport;

  constructor(reason: RefusedReport) {
    super(reason);
    this.reason = reason;
  }
}

const REFUSALS: Readonly<Record<RefusedReport, string>> = {
  'key-used': 'This Idempotency-Key was used for another document; take a new one.',
  'out-of-scope': 'You may not upload reports about this asset; ask an administrator.',
};

/** The same document about another asset is another report. */
function contentOf(content: Buffer, { format, asset, digest }: AboutReport): string {
  return createHash('sha256')
    .update(JSON.stringify([format ?? '', asset ?? '', digest ?? '']))
    .update(content)
    .digest('hex');
}

function readContent(content: Buffer, { format, asset, digest }: AboutReport, receivedAt: Date) {
  const fail = (kind: TakeInFailure['kind'], message: string) => err({ kind, message });
  const named = asset === undefined ? undefined : parseAsset(asset);
  if (named && !named.ok) return fail('asset', `${named.error}.`);
  const text = decoded(content);
  if (text === undefined) return fail('encoding', 'The document is not UTF-8.');
  const json = parseUpload(text);
  if (!json.ok) return fail('unreadable', `The document cannot be taken in: ${json.error}.`);
  const context: UploadContext = { receivedAt, ...(named && { asset: named.value }), ...(digest && { digest }) };
  const read = submissionOf(json.value, format, context);
  if (!read.ok) return fail('unreadable', `The document cannot be taken in: ${read.error}.`);
  return ok({ submission: read.value, assessment: assessmentOf(json.value) });
}

/** Text that is not UTF-8 would be stored as something else than what was sent. */
function decoded(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
