import { linesOf } from '#foundation/documents/index.ts';
import { type PathList, pathList } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { fileName } from '../places.ts';
import { type ParsedRecords, RecordCollector } from '../records.ts';

const MAX_PATHS = 1_000_000;

/**
 * A file of the package database, whose name is the package's: name, version, architecture, build, of which only the name may
 * have hyphens. Its build number counts for what is newer, so that it belongs to the version.
 */
export function parsePackage(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'slackware-db', 'package database of Slackware');
  const text = file.text();
  // Other systems may keep something else in directories of these names.
  if (!text.startsWith('PACKAGE NAME:')) return records.result();
  const [build = '', architecture = '', version = '', ...name] = fileName(file.path).split('-').reverse();
  if (name.length === 0) records.unusable(fileName(file.path));
  else
    records.add({
      name: name.reverse().join('-'),
      version: `${version}-${build}`,
      architecture,
      files: filesIn(text),
    });
  return records.result();
}

/** Below `FILE LIST:`; directories end with a slash, `install/` is what the installer needed. */
function filesIn(text: string): PathList {
  const paths: string[] = [];
  let isList = false;
  for (const line of linesOf(text)) {
    if (line === 'FILE LIST:') isList = true;
    else if (isList && line !== '' && !line.endsWith('/') && !line.startsWith('install/') && paths.length < MAX_PATHS)
      paths.push(line.replace(/^\.\//, ''));
  }
  return pathList(paths);
}
