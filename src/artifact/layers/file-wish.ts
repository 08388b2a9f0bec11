/** Which files somebody wants to read. Paths have no leading slash. */
export type PathPattern =
  /** Exactly this path. */
  | { readonly kind: 'path'; readonly path: string; readonly maxBytes: number }
  /** Files directly in this directory whose name ends so (`''` for all). */
  | { readonly kind: 'directory'; readonly path: string; readonly suffix: string; readonly maxBytes: number }
  /** Files of this name in any directory, or in any directory below `under`. */
  | { readonly kind: 'name'; readonly name: string; readonly under?: string; readonly maxBytes: number }
  /** Files anywhere, or anywhere below `under`, whose name ends so. */
  | { readonly kind: 'suffix'; readonly suffix: string; readonly under?: string; readonly maxBytes: number }
  /** Files anywhere, or anywhere below `under`, whose name begins so: `python3.`. */
  | { readonly kind: 'prefix'; readonly prefix: string; readonly under?: string; readonly maxBytes: number }
  /** Files anywhere, or anywhere below `under`, that begin as these classes of content do. Larger ones are counted, not named one by one. */
  | {
      readonly kind: 'content';
      readonly is: readonly ContentClass[];
      readonly under?: string;
      readonly maxBytes: number;
    }
  /** Files anywhere that run as their owner or group, whoever starts them (mode bits 0o6000). */
  | { readonly kind: 'setuid'; readonly maxBytes: number };

/**
 * What a file's first kilobyte shows. `script`: begins with `#!`. `text`: has no zero byte there and is no script, or begins with
 * a byte order mark. `archive`: zip, gzip, xz, zstd, bzip2, tar, ar. `binary`: everything else that is not empty.
 */
export type ContentClass = 'elf' | 'pe' | 'mach-o' | 'script' | 'text' | 'archive' | 'binary';

/** A pattern and who asks for it. Plain data: it crosses threads and is part of cache keys. */
export interface FileWish {
  readonly reader: string;
  readonly pattern: PathPattern;
  /**
   * The path (of a `path` pattern) or directory (of a `directory` pattern) that the reader asked for, when it leads to
   * `pattern` only over symbolic links. The reader sees the file under that name.
   */
  readonly askedFor?: string;
}

/** The name under which the reader of a wish sees the file at `path`. */
export function presentedPath(wish: FileWish, path: string): string {
  if (wish.askedFor === undefined) return path;
  return wish.pattern.kind === 'directory' ? `${wish.askedFor}${path.slice(path.lastIndexOf('/'))}` : wish.askedFor;
}
