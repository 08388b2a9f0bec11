import { err, ok, type Result } from '#foundation/index.ts';
import { type PathList, pathList } from '#model/index.ts';

/** Where the value of a tag lies: `offset` counts from the header's start. */
export interface TagEntry {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

interface PathTags {
  readonly baseNames: TagEntry | undefined;
  readonly directoryNames: TagEntry | undefined;
  readonly directoryIndexes: TagEntry | undefined;
  readonly oldFileNames: TagEntry | undefined;
  readonly modes: TagEntry | undefined;
  readonly states: TagEntry | undefined;
}

const DIRECTORY = 0o040000;
const FORMAT_MASK = 0o170000;
/** The file was left out on purpose when the package was installed, e.g. by `--excludedocs`. */
const STATE_NOT_INSTALLED = 2;
const MAX_PATH = 4096;
/** Of one package; the largest have some 100,000. */
const MAX_FILES = 1_000_000;

/**
 * Puts a package's paths together, directories and files that were not installed left out. Undefined when it has none.
 *
 * @param budget characters that may be made. Base names of two bytes can point to one directory name of thousands: without a
 *               budget a small database would become gigabytes of paths.
 */
export function readPaths(blob: Buffer, tags: PathTags, budget: number): Result<PathList | undefined> {
  const { baseNames, directoryNames, directoryIndexes, oldFileNames } = tags;
  const isFile = fileTest(blob, tags);
  if (baseNames === undefined)
    return oldFileNames === undefined ? ok(undefined) : wholePaths(blob, oldFileNames, isFile);
  if (directoryNames === undefined || directoryIndexes === undefined) return err('its directories are missing');
  const bases = readStrings(blob, baseNames);
  const directories = readStrings(blob, directoryNames);
  const indexes = directoryIndexes.offset;
  const complete = directoryIndexes.count === baseNames.count && indexes + 4 * baseNames.count <= blob.length;
  if (bases === undefined || directories === undefined || !complete)
    return err('its lists of files do not fit together');
  const paths: string[] = [];
  let left = budget;
  for (const [position, base] of bases.entries()) {
    if (!isFile(position)) continue;
    const directory = directories[blob.readUInt32BE(indexes + 4 * position)];
    if (directory === undefined) return err('a file is in a directory that is not listed');
    if (!pushPath(paths, directory + base)) return err('a path is too long or holds a line break');
    left -= directory.length + base.length;
    if (left < 0) return err('its paths are too many');
  }
  return ok(paths.length > 0 ? pathList(paths) : undefined);
}

/** rpm 3 and older wrote whole paths. */
function wholePaths(
  blob: Buffer,
  entry: TagEntry,
  isFile: (position: number) => boolean,
): Result<PathList | undefined> {
  const names = readStrings(blob, entry);
  if (names === undefined) return err('its list of files is cut short');
  const paths: string[] = [];
  for (const [position, name] of names.entries()) {
    if (isFile(position) && !pushPath(paths, name)) return err('a path is too long or holds a line break');
  }
  return ok(paths.length > 0 ? pathList(paths) : undefined);
}

function pushPath(paths: string[], path: string): boolean {
  if (path.length > MAX_PATH || path.includes('\n')) return false;
  paths.push(path.startsWith('/') ? path.slice(1) : path);
  return true;
}

function fileTest(blob: Buffer, { modes, states }: PathTags): (position: number) => boolean {
  const modesEnd = modes === undefined ? 0 : Math.min(blob.length, modes.offset + 2 * modes.count);
  const statesEnd = states === undefined ? 0 : Math.min(blob.length, states.offset + states.count);
  return (position) => {
    const modeAt = (modes?.offset ?? 0) + 2 * position;
    if (modeAt + 2 <= modesEnd && (blob.readUInt16BE(modeAt) & FORMAT_MASK) === DIRECTORY) return false;
    const stateAt = (states?.offset ?? 0) + position;
    return stateAt >= statesEnd || blob[stateAt] !== STATE_NOT_INSTALLED;
  };
}

/** `count` strings that end with a zero byte each, decoded in one go. */
function readStrings(blob: Buffer, { offset, count }: TagEntry): string[] | undefined {
  if (count > MAX_FILES) return undefined;
  let end = offset - 1;
  for (let index = 0; index < count; index++) {
    end = blob.indexOf(0, end + 1);
    if (end === -1) return undefined;
  }
  return blob.toString('utf8', offset, end).split('\0');
}
