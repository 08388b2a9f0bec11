import { linesOf } from '#foundation/documents/index.ts';
import { type PathList, pathList } from '#model/index.ts';
import { relative } from '../file-list.ts';

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
