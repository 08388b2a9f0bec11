const ARCHIVE = /\.(?:jar|war|ear|par|sar|jpi|hpi)$/i;

/** What those who come without a word about themselves are called: `commons-text-1.9.jar`. */
export interface NamedArchive {
  /** The whole name without its directory and suffix. */
  readonly stem: string;
  readonly artifact: string;
  /** Absent when the name has none. */
  readonly version?: string;
}

export function isArchiveName(path: string): boolean {
  return ARCHIVE.test(path);
}

/** Parts of a Maven classifier, which follows the version: `netty-epoll-4.1.50.Final-linux-x86_64.jar`. */
const CLASSIFIER =
  /-(?:linux|osx|windows|macosx|sources|javadoc|tests?|all|shaded|exec|boot|jakarta|jdk\d+|jar-with-dependencies|no_aop|x86_64|aarch_64)(?:[-_][\w-]*)?$/;

/** The version begins with the first `-` before a digit: `jul-to-slf4j-1.7.30`, `guava-31.1-jre`. */
export function parseFileName(path: string): NamedArchive {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(ARCHIVE, '');
  const at = stem.search(/-\d/);
  if (at <= 0) return { stem, artifact: stem };
  return { stem, artifact: stem.slice(0, at), version: stem.slice(at + 1).replace(CLASSIFIER, '') };
}
