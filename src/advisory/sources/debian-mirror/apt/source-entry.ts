/** Which keys may sign a repository, as `Signed-By` writes it. */
export type SignedBy =
  /** Absolute paths of keyrings, binary or armoured. */
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  /** Fingerprints, upper-case hexadecimal, of keys in the trusted keyrings. */
  | { readonly kind: 'fingerprints'; readonly fingerprints: readonly string[] }
  /** An armoured key block that stands in the configuration itself. */
  | { readonly kind: 'block'; readonly armour: string };

/** One suite of one repository, whichever of the two formats of sources.list(5) it came from. */
export interface SourceEntry {
  /** Without a trailing slash: `http://deb.debian.org/debian`, `file:/srv/mirror/debian`, `mirror+file:/etc/apt/mirrors.txt`. */
  readonly uri: string;
  /** `bookworm`, `bookworm-security`, `buster/updates`. Exact paths (ending in `/` with no components) are kept as they stand. */
  readonly suite: string;
  readonly components: readonly string[];
  readonly signedBy?: SignedBy;
  /** The file that says so, for messages. */
  readonly file: string;
}

/** What a sources file held: usable entries and how many could not be used. */
export interface SourceEntries {
  readonly entries: readonly SourceEntry[];
  /** Lines or paragraphs that are no valid entries. */
  readonly malformed: number;
  /** Entries whose method is not followed, such as `cdrom:`. */
  readonly unsupported: number;
}

const METHODS = /^(?:https?|file|copy|mirror(?:\+(?:https?|file|copy))?):/i;

export function isFollowedMethod(uri: string): boolean {
  return METHODS.test(uri);
}

function withoutTrailingSlash(uri: string): string {
  let end = uri.length;
  while (end > 0 && uri[end - 1] === '/') end -= 1;
  return uri.slice(0, end);
}

/** The address as the rest of the program wants it: no slash at the end, and `copy:`, which only differs for apt, as `file:`. */
export function repositoryAddress(uri: string): string {
  return withoutTrailingSlash(uri).replace(/^(mirror\+)?copy:/i, '$1file:');
}

/** Reads the value of `Signed-By` or `signed-by=`; several values are separated by commas or white space. */
export function parseSignedBy(value: string): SignedBy | undefined {
  if (value.includes('-----BEGIN PGP')) {
    // Empty lines inside a field are written as a single dot.
    const armour = value
      .split('\n')
      .map((line) => (line === '.' ? '' : line))
      .join('\n');
    return { kind: 'block', armour };
  }
  const parts = value.split(/[\s,]+/).filter((part) => part !== '');
  const paths = parts.filter((part) => part.startsWith('/'));
  if (paths.length > 0) return { kind: 'files', paths };
  const fingerprints = parts
    .map((part) => part.replace('!', '').toUpperCase())
    .filter((part) => /^[0-9A-F]{16,64}$/.test(part));
  return fingerprints.length > 0 ? { kind: 'fingerprints', fingerprints } : undefined;
}
