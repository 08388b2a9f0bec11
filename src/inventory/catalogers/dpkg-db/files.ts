import { linesOf } from '#foundation/documents/index.ts';
import { type PathList, pathList } from '#model/index.ts';

/**
 * Paths of `info/<package>.list`, one a line with a leading slash. A directory is listed before what lies in it and is left
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

/** Paths of `<package>.md5sums`: 32 hexadecimal digits, two spaces (or a space and `*`), the path. Other lines are not paths. */
export function parseMd5sums(text: string): PathList {
  const paths: string[] = [];
  for (const line of linesOf(text)) {
    if (!/^[0-9a-f]{32} [ *]/.test(line)) continue;
    const path = relative(line.slice(34));
    if (path !== '') paths.push(path);
  }
  return pathList(paths);
}

function relative(text: string): string {
  if (text === '/.' || text === '.') return '';
  if (text.startsWith('./')) return text.slice(2);
  return text.startsWith('/') ? text.slice(1) : text;
}

function isBelow(path: string, directory: string): boolean {
  return path.length > directory.length && path.charCodeAt(directory.length) === 47 && path.startsWith(directory);
}
