/**
 * True below a directory that package managers fill. A lock file there came with a package and tells what its authors
 * worked with; what is installed there is read from the packages themselves.
 */
export function isInsideOf(path: string, ...directories: readonly string[]): boolean {
  return directories.some((name) => path.startsWith(`${name}/`) || path.includes(`/${name}/`));
}

/** `desc` of `var/lib/pacman/local/zlib-1.3-1/desc`. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `var/lib/pacman/local/zlib-1.3-1` of `var/lib/pacman/local/zlib-1.3-1/desc`; empty at the root. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
