import { type FileWish, presentedPath, type WantedFile } from '#artifact/index.ts';
import { type Problem, ProblemLog } from '#foundation/index.ts';
import type { Cataloger, FilePattern, InputFile, Json } from '../cataloger.ts';
import { distributionFiles } from '../distribution/index.ts';

/** Somebody who turns files into something small: a cataloger, or the detection of the distribution. */
export interface Reader {
  readonly id: string;
  readonly revision: number;
  readonly patterns: readonly FilePattern[];
  read(file: InputFile): { readonly fragment?: Json; readonly problems: readonly Problem[] };
}

/** What each reader made of one file; `null` when it holds nothing of interest for that reader. */
export type FileReadings = { readonly [reader: string]: Json };

export const DISTRIBUTION_READER = 'distribution';

/** Keeps the few small files that tell the distribution as texts. */
const distributionReader: Reader = {
  id: DISTRIBUTION_READER,
  revision: 1,
  patterns: distributionFiles,
  read: (file) => ({ fragment: file.text(), problems: [] }),
};

export function readersOf(catalogers: readonly Cataloger[]): Reader[] {
  const readers = catalogers.map((cataloger) => ({
    id: cataloger.id,
    revision: cataloger.revision,
    patterns: cataloger.files,
    read: (file: InputFile) => cataloger.read(file),
  }));
  return [...readers, distributionReader];
}

/** Hands a wanted file to each reader that asked for it, once, and keeps what they say. A reader that throws is a problem. */
export class FileReader {
  readonly #readers: ReadonlyMap<string, Reader>;
  readonly #problems = new ProblemLog();

  constructor(readers: readonly Reader[]) {
    this.#readers = new Map(readers.map((reader) => [reader.id, reader]));
  }

  read(file: WantedFile): FileReadings {
    const readings: Record<string, Json> = {};
    for (const [reader, path] of presentedPaths(file)) readings[reader] = this.#readAs(reader, path, file);
    return readings;
  }

  problems(): Problem[] {
    return this.#problems.list();
  }

  #readAs(id: string, path: string, { content, path: subject }: WantedFile): Json {
    const reader = this.#readers.get(id);
    if (!reader) throw new Error(`no reader of the id ${id}`);
    const { size } = content;
    const input: InputFile = { path, size, slice: content.slice, bytes: content.bytes, text: content.text };
    try {
      const { fragment, problems } = reader.read(input);
      for (const problem of problems) this.#problems.add({ subject, ...problem });
      return fragment ?? null;
    } catch (error) {
      if (isInputDamage(error)) throw error;
      this.#problems.add(crashed(id, error, subject));
      return null;
    }
  }
}

/** The name each reader sees: its own pattern's rather than one that leads there over a link. */
function presentedPaths({ path, wishes }: WantedFile): Map<string, string> {
  const names = new Map<string, string>();
  const direct = (wish: FileWish) => wish.askedFor === undefined;
  for (const wish of wishes) {
    if (direct(wish) || !names.has(wish.reader)) names.set(wish.reader, presentedPath(wish, path));
  }
  return names;
}

function isInputDamage(error: unknown): boolean {
  return error instanceof Error && error.name === 'DamagedInput';
}

function crashed(reader: string, error: unknown, subject: string): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The reader ${reader} failed on this file (${reason.slice(0, 200)}); please report it with the file.`;
  return { code: 'cataloger-failed', message, effect: 'incomplete', subject };
}
