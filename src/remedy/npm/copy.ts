import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asMembers, asText, entriesOf, parseJsonText } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { type ProjectFile, ProjectFiles } from '../workspace/index.ts';
import { withoutScripts } from './manifest.ts';
import { passedSettings } from './settings.ts';

const MAX_MANIFEST_BYTES = 1024 * 1024;
const MAX_LOCK_BYTES = 32 * 1024 * 1024;
const MAX_WORKSPACES = 500;

/** A directory elsewhere with the manifests and the lock of a project and nothing else: what npm is let at. */
export interface ProjectCopy {
  /** Top of the copy; files have the same paths below it as in the project. */
  readonly root: string;
  /** Where npm runs. */
  readonly directory: string;
  readonly lock: ProjectFile;
  /** 1, 2 or 3. */
  readonly lockVersion: number;
  /** The project's own package.json first, then those of its workspaces. */
  readonly manifests: readonly ProjectFile[];
  /** Settings of the project’s .npmrc that were left behind. */
  readonly droppedSettings: readonly string[];
  /** Writes a manifest, without its scripts. */
  writeManifest(path: string, text: string): Promise<void>;
  writeLock(text: string): Promise<void>;
  readLock(): Promise<Result<string>>;
  remove(): Promise<void>;
}

/** `directory` and `lockPath` are relative to the project's root, as a scan of it names them. */
export async function copyProject(
  files: ProjectFiles,
  directory: string,
  lockPath: string,
): Promise<Result<ProjectCopy>> {
  const under = (name: string) => (directory === '' ? name : `${directory}/${name}`);
  // First, because edits are shown in the order in which files were read.
  const own = await files.read(under('package.json'), MAX_MANIFEST_BYTES);
  if (!own.ok) return own;
  const lock = await files.read(lockPath, MAX_LOCK_BYTES);
  if (!lock.ok) return lock;
  const facts = lockFacts(lock.value);
  if (!facts.ok) return facts;
  const manifests = [own.value];
  for (const workspace of facts.value.workspaces) {
    const manifest = await files.read(under(`${workspace}/package.json`), MAX_MANIFEST_BYTES);
    if (!manifest.ok) return manifest;
    manifests.push(manifest.value);
  }
  const settings = await files.read(under('.npmrc'), MAX_MANIFEST_BYTES);
  if (!settings.ok && !settings.error.endsWith('is not there')) return settings;
  const passed = passedSettings(settings.ok ? settings.value.text : '');
  return ok(await writeCopy({ lock: lock.value, facts: facts.value, manifests, passed, directory }));
}

interface Parts {
  readonly lock: ProjectFile;
  readonly facts: LockFacts;
  readonly manifests: readonly ProjectFile[];
  readonly passed: ReturnType<typeof passedSettings>;
  readonly directory: string;
}

async function writeCopy({ lock, facts, manifests, passed, directory }: Parts): Promise<ProjectCopy> {
  const root = await mkdtemp(join(tmpdir(), 'plimsoll-fix-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const copy: ProjectCopy = {
    root,
    directory: join(root, directory),
    lock,
    lockVersion: facts.version,
    manifests,
    droppedSettings: passed.dropped,
    writeManifest: (path, text) => write(path, withoutScripts(text)),
    writeLock: (text) => write(lock.path, text),
    async readLock() {
      const read = await new ProjectFiles(root).read(lock.path, MAX_LOCK_BYTES);
      return read.ok ? ok(read.value.text) : read;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
  for (const { path, text } of manifests) await copy.writeManifest(path, text);
  await copy.writeLock(lock.text);
  await write(directory === '' ? '.npmrc' : `${directory}/.npmrc`, passed.text);
  return copy;
}

interface LockFacts {
  readonly version: number;
  /** Directories of workspaces, as the lock has them. */
  readonly workspaces: readonly string[];
}

/** Refuses what npm would have to run git for or to read from places that are not copied. */
function lockFacts({ path, text }: ProjectFile): Result<LockFacts> {
  const parsed = parseJsonText(text);
  const lock = parsed.ok ? asMembers(parsed.value) : undefined;
  if (!lock) return err(`${path} is no lock file that can be read`);
  if (/"(?:resolved|version|from)"\s{0,20}:\s{0,20}"(?:git[+:@]|github:|gitlab:|bitbucket:|ssh:)/.test(text))
    return err(`${path} has dependencies from git: npm would run git, so run the command of the plan yourself`);
  const version = Number(lock['lockfileVersion'] ?? 1);
  const workspaces: string[] = [];
  for (const [key, value] of entriesOf(lock['packages'])) {
    const entry = asMembers(value);
    if (entry?.['link'] !== true) continue;
    const target = asText(entry['resolved']) ?? '';
    if (!/^[\w@.-][\w@./-]{0,300}$/.test(target) || target.split('/').includes('..'))
      return err(`${path} links ${key} to a place outside the project: run the command of the plan yourself`);
    workspaces.push(target);
  }
  if (workspaces.length > MAX_WORKSPACES) return err(`${path} has more than ${MAX_WORKSPACES} workspaces`);
  return ok({ version: version === 2 || version === 3 ? version : 1, workspaces: [...new Set(workspaces)] });
}
