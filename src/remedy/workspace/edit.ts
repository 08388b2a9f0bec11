import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '#foundation/index.ts';
import { locate, type ProjectFile, readProjectFile } from './project-file.ts';

/** A file that shall have another text. */
export interface FileEdit {
  readonly file: ProjectFile;
  readonly after: string;
}

/** What is written aside before anything is moved into place. */
interface Prepared {
  readonly edit: FileEdit;
  readonly target: string;
  readonly temporary: string;
}

/**
 * Makes all edits or none. Each file is replaced whole, with its mode and owner; nothing is done when one of them has changed
 * since it was read. When a move fails in between, what was moved is put back.
 */
export async function applyEdits(root: string, edits: readonly FileEdit[]): Promise<Result<undefined>> {
  const prepared: Prepared[] = [];
  try {
    for (const edit of edits) {
      const ready = await prepare(root, edit, edit.after);
      if (!ready.ok) return ready;
      prepared.push(ready.value);
    }
    for (const { edit } of prepared) {
      const changed = await changedMeanwhile(root, edit);
      if (changed) return err(changed);
    }
    return await moveAll(root, prepared);
  } finally {
    for (const { temporary } of prepared) await rm(temporary, { force: true });
  }
}

async function changedMeanwhile(root: string, { file }: FileEdit): Promise<string | undefined> {
  const now = await readProjectFile(root, file.path, Buffer.byteLength(file.text));
  if (now.ok && now.value.text === file.text) return undefined;
  return `${file.path} has changed meanwhile; nothing was written: run it again`;
}

async function prepare(root: string, edit: FileEdit, text: string): Promise<Result<Prepared>> {
  const { path, mode, owner } = edit.file;
  const located = await locate(root, path);
  if (!located.ok) return located;
  const target = located.value;
  const temporary = join(dirname(target), `.plimsoll-${randomBytes(8).toString('hex')}`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      const made = await handle.stat();
      if (made.uid !== owner.user || made.gid !== owner.group) await handle.chown(owner.user, owner.group);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return ok({ edit, target, temporary });
  } catch (error) {
    await rm(temporary, { force: true });
    return err(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function moveAll(root: string, prepared: readonly Prepared[]): Promise<Result<undefined>> {
  const moved: Prepared[] = [];
  for (const one of prepared) {
    try {
      await rename(one.temporary, one.target);
      moved.push(one);
    } catch (error) {
      const left = await putBack(root, moved);
      const words = error instanceof Error ? error.message : String(error);
      return err(`${one.edit.file.path} cannot be replaced: ${words}; ${left}`);
    }
  }
  return ok(undefined);
}

async function putBack(root: string, moved: readonly Prepared[]): Promise<string> {
  const stuck: string[] = [];
  for (const { edit, target } of moved) {
    const old = await prepare(root, edit, edit.file.text);
    if (old.ok) await rename(old.value.temporary, target).catch(() => stuck.push(edit.file.path));
    else stuck.push(edit.file.path);
  }
  return stuck.length === 0 ? 'everything is as it was' : `these keep their edits: ${stuck.join(', ')}`;
}
