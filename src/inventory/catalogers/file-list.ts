import { linesOf } from '#foundation/documents/index.ts';
import { type PathList, pathList } from '#model/index.ts';

/**
 * Paths of `info/<package>.list` as dpkg and opkg keep it, one a line with a leading slash. A directory is listed before what lies in it and is left
 * out where the next line shows that it is one: ownership is asked of files.
 */
export function parseFileList(text: string): PathList {
  const paths: string[] = [];
  let previous = '';
  for (const line of linesOf(text)) {
    const path = relative(line);
    if (path === '') continue;
    if (previous !== '' && !isBelow(path, previous)) paths.push(previous);
    previous = path;
  }
  if (previous !== '') paths.push(previous);
  return pathList(paths);
}

/** Without the leading slash or `./`; empty for the root. */
export function relative(text: string): string {
  if (text === '/.' || text === '.') return '';
  if (text.startsWith('./')) return text.slice(2);
  return text.startsWith('/') ? text.slice(1) : text;
}

function isBelow(path: string, directory: string): boolean {
  return path.length > directory.length && path.charCodeAt(directory.length) === 47 && path.startsWith(directory);
}
