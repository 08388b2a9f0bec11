const PREFIX = '.wh.';
const OPAQUE = '.wh..wh..opq';

export type Whiteout =
  | { readonly kind: 'whiteout'; readonly path: string }
  | { readonly kind: 'opaque'; readonly path: string }
  /** AUFS' own bookkeeping (`.wh..wh.plnk`). */
  | { readonly kind: 'metadata' }
  /** `.wh.` with nothing, `.` or `..` behind it, which would delete the directory itself or the one above. */
  | { readonly kind: 'invalid' };

/** What a file name says about the layers below (OCI image layer specification, "Whiteouts"); `undefined` for ordinary names. */
export function readWhiteout(path: string): Whiteout | undefined {
  const slash = path.lastIndexOf('/');
  if (!path.startsWith(PREFIX, slash + 1)) return undefined;
  const directory = path.slice(0, Math.max(0, slash));
  const name = path.slice(slash + 1);
  if (name === OPAQUE) return { kind: 'opaque', path: directory };
  if (name.startsWith('.wh..wh.')) return { kind: 'metadata' };
  const deleted = name.slice(PREFIX.length);
  if (deleted === '' || deleted === '.' || deleted === '..') return { kind: 'invalid' };
  return { kind: 'whiteout', path: directory === '' ? deleted : `${directory}/${deleted}` };
}
