import { ok, type Result } from '#foundation/index.ts';
import type { FileEdit } from './edit.ts';
import { type ProjectFile, readProjectFile } from './project-file.ts';

/** The files of a project with the edits proposed so far: whoever reads after another sees what that one changed. */
export class ProjectFiles {
  readonly #root: string;
  readonly #files = new Map<string, { readonly file: ProjectFile; readonly text: string }>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The text is the one that is proposed. */
  async read(path: string, maxBytes: number): Promise<Result<ProjectFile>> {
    const known = this.#files.get(path);
    if (known) return ok({ ...known.file, text: known.text });
    const file = await readProjectFile(this.#root, path, maxBytes);
    if (file.ok) this.#files.set(path, { file: file.value, text: file.value.text });
    return file;
  }

  /** The text before anything was proposed. */
  asRead({ path, text }: ProjectFile): string {
    return this.#files.get(path)?.file.text ?? text;
  }

  /** Proposes another text for a file that was read. */
  change({ path }: ProjectFile, text: string): void {
    const known = this.#files.get(path);
    if (known) this.#files.set(path, { ...known, text });
  }

  edits(): FileEdit[] {
    return [...this.#files.values()]
      .filter(({ file, text }) => file.text !== text)
      .map(({ file, text }) => ({ file, after: text }));
  }
}
