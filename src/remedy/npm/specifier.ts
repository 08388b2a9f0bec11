import { parseConstraint } from '#versions/index.ts';

/** What to write instead of a specifier so that the version is what it asks for at least, in the style in which it is written. */
export type Raised =
  | { readonly kind: 'rewrite'; readonly specifier: string; readonly note?: string }
  /** It allows the version as it is and names no lower bound of its own: `4.x`, `latest`. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'refuse'; readonly reason: string };

/** https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies */
export function raisedSpecifier(specifier: string, to: string): Raised {
  const text = specifier.trim();
  const simple = /^(?:[=v]{0,2}|[\^~]|>=)[ \t]{0,10}(?=\d{1,16}\.\d{1,16}\.\d{1,16}(?:[-+][\w.+-]{1,200})?$)/.exec(
    text,
  )?.[0];
  if (simple !== undefined) return { kind: 'rewrite', specifier: simple + to };
  if (/[:/]/.test(text))
    return { kind: 'refuse', reason: `it is asked for as "${specifier}", not from the registry by its own name` };
  const range = parseConstraint(text === '' ? '*' : text, 'npm');
  if (!range.ok) return { kind: 'keep' };
  const allowed = range.value.satisfies(to);
  if (allowed.ok && allowed.value) return { kind: 'keep' };
  return { kind: 'rewrite', specifier: `^${to}`, note: `"${specifier}" does not allow ${to} and becomes "^${to}"` };
}
