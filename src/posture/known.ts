/** Evidence, or why there is none: so that nothing is taken for absent, or for fine, that was only not seen. */
export type Known<T> = { readonly known: T } | { readonly missing: string };

export function known<T>(value: T): Known<T> {
  return { known: value };
}

export function missing(reason: string): { readonly missing: string } {
  return { missing: reason };
}

/** Ends a question whose evidence is missing. Thrown by `need`; whoever asks the question catches it and says that it was not assessed. */
export class EvidenceMissing extends Error {}

/** The evidence itself; see `EvidenceMissing`. */
export function need<T>(evidence: Known<T>): T {
  if ('known' in evidence) return evidence.known;
  throw new EvidenceMissing(evidence.missing);
}
