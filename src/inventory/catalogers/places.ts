/**
 * True below a directory that package managers fill. A lock file there came with a package and tells what its authors
 * worked with; what is installed there is read from the packages themselves.
 */
export function isInsideOf(path: string, ...directories: readonly string[]): boolean {
  return directories.some((name) => path.startsWith(`${name}/`) || path.includes(`/${name}/`));
}
