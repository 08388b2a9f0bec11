/** One entry of a tar archive, extended headers applied. */
export interface TarEntry {
  /** Inside the root: no leading slash, no `.` or `..`; the root itself is the empty text. */
  readonly path: string;
  readonly kind: TarEntryKind;
  /** Bytes of the file as it unfolds; 0 for everything but files. */
  readonly size: number;
  /** A symbolic link's target as written; a hard link's target as a path inside the root; empty otherwise. */
  readonly link: string;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly devmajor: number;
  readonly devminor: number;
  /** Extended attributes of an overlay directory: hides the directory below; continues a directory of another name. */
  readonly opaque: boolean;
  readonly redirected: boolean;
  /** Where the body begins in the uncompressed archive, and how many bytes it has there (less than `size` in sparse files). */
  readonly bodyOffset: number;
  readonly storedSize: number;
  /** True when `storedSize` bytes at `bodyOffset` are not the file itself. */
  readonly sparse: boolean;
}

export type TarEntryKind =
  | 'file'
  | 'directory'
  | 'symlink'
  | 'hardlink'
  | 'character-device'
  | 'block-device'
  | 'fifo'
  /** A type that no unpacker creates anything for. */
  | 'other';

export function entryKind(typeflag: string, name: string): TarEntryKind {
  switch (typeflag) {
    case '\0':
      return name.endsWith('/') ? 'directory' : 'file';
    case '0':
    case '7':
    case 'S':
      return 'file';
    case '1':
      return 'hardlink';
    case '2':
      return 'symlink';
    case '3':
      return 'character-device';
    case '4':
      return 'block-device';
    case '5':
      return 'directory';
    case '6':
      return 'fifo';
    default:
      return 'other';
  }
}

/** Types without a body whatever their size field says; taking it seriously would hide the headers that follow. */
export function hasBody(typeflag: string): boolean {
  return !'123456'.includes(typeflag);
}
