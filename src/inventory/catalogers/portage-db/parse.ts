import { linesOf } from '#foundation/documents/index.ts';
import { type PathList, pathList } from '#model/index.ts';
import type { RecordPart } from '../package-directories.ts';

const MAX_PATHS = 1_000_000;

/**
 * Category, name and version of a package's directory (Package Manager Specification, 3.2):
 * `var/db/pkg/dev-lang/python-3.12.3_p1-r2` → `dev-lang/python`, `3.12.3_p1-r2`.
 */
export function fromPlace(place: string): RecordPart {
  const [full = '', category = ''] = place.split('/').reverse();
  const [, name, version] = /^([A-Za-z0-9+_][A-Za-z0-9+_-]{0,200}?)-(\d[^-]{0,100}(?:-r\d{1,18})?)$/.exec(full) ?? [];
  return name && version && category !== '' ? { name: `${category}/${name}`, version } : {};
}

/** `obj <path> <md5> <time>`, `sym <path> -> <target> <time>`; directories and devices are left out. Paths may contain spaces. */
export function parseContents(text: string): PathList {
  const paths: string[] = [];
  for (const line of linesOf(text)) {
    const kind = line.slice(0, 4);
    if (paths.length >= MAX_PATHS) break;
    if (kind !== 'obj ' && kind !== 'sym ') continue;
    const path = kind === 'obj ' ? withoutLastWords(line.slice(4), 2) : line.slice(4).split(' -> ', 1)[0];
    if (path) paths.push(path.replace(/^\//, ''));
  }
  return pathList(paths);
}

function withoutLastWords(text: string, count: number): string {
  let end = text.length;
  for (let word = 0; word < count && end >= 0; word++) end = text.lastIndexOf(' ', end - 1);
  return text.slice(0, Math.max(0, end));
}
