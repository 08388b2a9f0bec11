/** A package as the keys of a pnpm lock file name it. */
export interface PnpmName {
  readonly name: string;
  readonly version: string;
}

/**
 * Name and version of a key. Version 5: `/@babel/core/7.18.2_peer@1.0.0`, also behind a registry's host; version 6:
 * `/@babel/core@7.18.2(peer@1.0.0)`; version 9: `@babel/core@7.18.2(peer@1.0.0)`. Undefined for what comes from a
 * repository, a folder or an archive: its entry says both.
 */
export function parseKey(key: string, lockfileVersion: number): PnpmName | undefined {
  const bare = withoutPeers(key);
  const name = lockfileVersion < 6 ? splitAtSlash(bare) : splitAtSign(bare);
  return name && /^\d/.test(name.version) ? name : undefined;
}

/** The key of what an entry or the project needs, `name: reference`; see `dependencyPath` of pnpm. */
export function keyOf(name: string, reference: string, lockfileVersion: number): string {
  if (lockfileVersion >= 9) return /^(?:@[^/@(]+\/)?[^/@(:]+@/.test(reference) ? reference : `${name}@${reference}`;
  if (!/^\d/.test(reference)) return reference;
  return lockfileVersion < 6 ? `/${name}/${reference}` : `/${name}@${reference}`;
}

/** Which packages stand in for the peers makes copies of a package, not other packages. */
export function withoutPeers(key: string): string {
  const open = key.indexOf('(');
  return open === -1 ? key : key.slice(0, open);
}

function splitAtSlash(key: string): PnpmName | undefined {
  const parts = key.split('/');
  const version = (parts.at(-1) ?? '').replace(/_.*$/s, '');
  const scope = parts.at(-3) ?? '';
  const name = parts.at(-2) ?? '';
  if (name === '') return undefined;
  return { name: scope.startsWith('@') ? `${scope}/${name}` : name, version };
}

function splitAtSign(key: string): PnpmName | undefined {
  const bare = key.slice(key.startsWith('/') ? 1 : 0);
  const at = bare.indexOf('@', 1);
  return at === -1 ? undefined : { name: bare.slice(0, at), version: bare.slice(at + 1) };
}
