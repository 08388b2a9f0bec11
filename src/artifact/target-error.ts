import { err, type HttpError } from '#foundation/index.ts';

/**
 * Why a target could not be opened.
 * - `usage`: the target's text is wrong or can mean several things; the message names the choices.
 * - `not-found`: nothing of that name is there.
 * - `denied`: credentials are missing, wrong, or would have gone where they must not go.
 * - `unreachable`: the registry, engine or disk did not answer.
 * - `invalid`: what is there is damaged, contradicts itself or its digest, or is larger than any real one.
 * - `unsupported`: it is fine but of a kind that is not read.
 * - `aborted`: the caller stopped.
 */
export type TargetErrorCode = 'usage' | 'not-found' | 'denied' | 'unreachable' | 'invalid' | 'unsupported' | 'aborted';

export interface TargetError {
  readonly code: TargetErrorCode;
  /** For the user: what happened and what to do. Holds no credentials. */
  readonly message: string;
}

export function targetError(
  code: TargetErrorCode,
  message: string,
): { readonly ok: false; readonly error: TargetError } {
  return err({ code, message });
}

const HTTP_CODES: Readonly<Partial<Record<HttpError['code'], TargetErrorCode>>> = {
  aborted: 'aborted',
  protocol: 'invalid',
  redirect: 'invalid',
  'too-large': 'invalid',
  'digest-mismatch': 'invalid',
};

export function fromHttpError(error: HttpError): { readonly ok: false; readonly error: TargetError } {
  return targetError(HTTP_CODES[error.code] ?? 'unreachable', error.message);
}
