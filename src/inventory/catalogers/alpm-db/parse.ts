import { linesOf } from '#foundation/documents/index.ts';
import { type PathList, pathList } from '#model/index.ts';
import { optional } from '../../optional.ts';
import type { RecordPart } from '../package-directories.ts';

const MAX_VALUE = 1024;
const MAX_VALUES = 100;
const MAX_PATHS = 1_000_000;

/** `desc`: `%FIELD%` on a line of its own, its values on the lines below, an empty line. */
export function parseDescription(text: string): RecordPart {
  const fields = fieldsOf(text);
  const first = (name: string): string | undefined => fields.get(name)?.[0];
  const version = first('VERSION');
  const base = first('BASE');
  return {
    ...optional('name', first('NAME')),
    ...optional('version', version),
    ...optional('architecture', first('ARCH')),
    ...(base && version ? { source: { name: base, version } } : {}),
    ...optional('maintainer', packager(first('PACKAGER'))),
    licences: fields.get('LICENSE') ?? [],
  };
}

function packager(text: string | undefined): string | undefined {
  return text === 'Unknown Packager' ? undefined : text;
}

function fieldsOf(text: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  let values: string[] = [];
  for (const line of linesOf(text)) {
    const [, name] = /^%([A-Z0-9]{1,40})%$/.exec(line.slice(0, 50)) ?? [];
    if (name !== undefined) {
      values = [];
      if (!fields.has(name)) fields.set(name, values);
    } else if (line !== '' && values.length < MAX_VALUES) values.push(line.slice(0, MAX_VALUE));
  }
  return fields;
}

/** The paths below `%FILES%`; directories end with a slash and are left out. */
export function parseFiles(text: string): PathList {
  const paths: string[] = [];
  let inFiles = false;
  for (const line of linesOf(text)) {
    if (line.startsWith('%')) inFiles = line === '%FILES%';
    else if (inFiles && line !== '' && !line.endsWith('/') && paths.length < MAX_PATHS) paths.push(line);
  }
  return pathList(paths);
}
