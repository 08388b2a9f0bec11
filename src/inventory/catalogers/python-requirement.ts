/** A requirement as PEP 508 writes it, as far as it tells what will be installed. */
export interface Requirement {
  readonly name: string;
  /** What `==` or `===` pins it to, or the archive at its address is named for; absent when any or several versions will do. */
  readonly version?: string;
  /** Where it is to be had, when not from an index; as members of a package URL. */
  readonly qualifiers?: { readonly [key: string]: string };
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?(?=$|[\s[(<>=!~;@,])/;

/**
 * @example `celery[redis, pytest]==4.4.7 ; python_version < '3.8'` is `celery` of `4.4.7`.
 * @example `ball @ https://example.org/ball-1.0.tar.gz` and, as pip alone has it, `git+https://example.org/ball.git@v1#egg=ball`.
 * Undefined when it does not begin with a name or an address that tells one.
 */
export function parseRequirement(text: string): Requirement | undefined {
  if (ADDRESS.test(text)) return atAddress(text.split(/\s/, 1)[0] ?? '');
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return undefined;
  const clauses = clausesOf(text.slice(name.length));
  const address = clauses.startsWith('@') ? clauses.slice(1).trim() : '';
  if (address !== '') return { name, ...atAddress(address, name) };
  const version = pinIn(clauses.split(';', 1)[0] ?? '');
  return version === undefined ? { name } : { name, version };
}

/** What stands behind the extras, without brackets. */
function clausesOf(rest: string): string {
  const text = rest.trimStart();
  const close = text.startsWith('[') ? text.indexOf(']') : -1;
  return text
    .slice(close + 1)
    .replace(/[()]/g, '')
    .trim();
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

const ADDRESS = /^(?:(?:git|hg|svn|bzr)\+)?[a-z]{2,10}:\/\//i;
const MAX_ADDRESS = 500;

/** The name is that of the fragment (`#egg=ball`), of the requirement or of the archive: a wheel's, or `ball-1.0.tar.gz`. */
function atAddress(text: string, asked?: string): Requirement | undefined {
  const [address = '', fragment = ''] = (text.split(/\s/, 1)[0] ?? '').split('#', 2);
  const archive = /([^/]{1,200})-(\d[^/-]{0,100})(?:-[^/]{1,200}\.whl|\.(?:tar\.\w{2,3}|tgz|zip))$/.exec(
    address.slice(-MAX_ADDRESS),
  );
  const name = /(?:^|&)egg=([\w.-]{1,200})/.exec(fragment)?.[1] ?? asked ?? archive?.[1];
  if (name === undefined) return undefined;
  const isRepository = /^(?:git|hg|svn|bzr)\+/i.test(address);
  const isWhole = ADDRESS.test(address) && address.length <= MAX_ADDRESS;
  return {
    name,
    ...(!isRepository && archive?.[2] !== undefined && { version: archive[2] }),
    ...(isWhole && { qualifiers: { [isRepository ? 'vcs_url' : 'download_url']: address } }),
  };
}

/** Python's package names differ in case and separators only (PEP 503). */
export function normalisedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
