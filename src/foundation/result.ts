/**
 * The outcome of something that may fail for reasons a user can meet. Exceptions are for bugs and aborts only.
 * `E` is a short text by default: what went wrong, in words that say what to do next.
 */
export type Result<T, E = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
