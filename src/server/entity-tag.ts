import { createHash } from 'node:crypto';
import { RequestProblem } from './request-problem.ts';

/** A strong validator (RFC 9110, 8.8.3) of an answer: what it says, hashed. */
export function entityTag(answer: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 27)}"`;
}

/** Whether a header of the form `"a", "b"` or `*` names the tag. Weak ones count for reading only. */
export function namesTag(header: string, tag: string, isWeakFine: boolean): boolean {
  return header
    .slice(0, 4000)
    .split(',')
    .map((one) => one.trim())
    .some((one) => one === '*' || one === tag || (isWeakFine && one === `W/${tag}`));
}

/**
 * Throws when somebody wants to change what is no longer as they saw it (`If-Match`). To be called with what the GET of the same address
 * would answer, in the transaction of the change and with the row locked: of two at once, the second is told.
 */
export function assertUnchanged(headers: Readonly<Record<string, string | undefined>>, current: unknown): void {
  const wanted = headers['if-match'];
  if (wanted !== undefined && !namesTag(wanted, entityTag(current), false))
    throw new RequestProblem(
      412,
      'changed-meanwhile',
      'Somebody has changed it since you read it: read it again, then decide whether your change still fits.',
    );
}
