/** A requirement as PEP 508 writes it, as far as it tells what will be installed. */
export interface Requirement {
  readonly name: string;
  /** What `==` or `===` pins it to; absent when any or several versions will do. */
  readonly version?: string;
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?/;

/**
 * @example `celery[redis, pytest]==4.4.7 ; python_version < '3.8'` is `celery` of `4.4.7`.
 * Undefined when it does not begin with a name.
 */
export function parseRequirement(text: string): Requirement | undefined {
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return undefined;
  const version = pinIn(clausesOf(text.slice(name.length)));
  return version === undefined ? { name } : { name, version };
}

/** What stands between the extras and the marker, without brackets. */
function clausesOf(rest: string): string {
  const text = rest.trimStart();
  const close = text.startsWith('[') ? text.indexOf(']') : -1;
  const semicolon = text.indexOf(';');
  return text.slice(close + 1, semicolon === -1 ? text.length : semicolon).replace(/[()]/g, '');
}

/** `==1.*` pins nothing. */
function pinIn(clauses: string): string | undefined {
  for (const clause of clauses.split(',')) {
    const trimmed = clause.trim();
    if (!trimmed.startsWith('==')) continue;
    const version = trimmed.replace(/^={2,3}\s*/, '').split(/\s/, 1)[0] ?? '';
    if (version !== '' && !version.includes('*')) return version;
  }
  return undefined;
}

/** Python's package names differ in case and separators only (PEP 503). */
export function normalisedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
