import {
  type AnchorHit,
  type FileWish,
  type Json,
  presentedPath,
  type Reader,
  type WantedFile,
} from '#artifact/index.ts';
import { type Problem, ProblemLog } from '#foundation/index.ts';
import { distributionFiles } from '#inventory/index.ts';
import { type AnchorFinds, AnchorSearch } from './anchor-search.ts';
import { ANCHOR_SEARCH, type Profile } from './profile.ts';

/** What each reader made of one file; `null` when it asked for the file by name and found nothing of interest. */
export type FileReadings = { readonly [reader: string]: Json };

export const DISTRIBUTION_READER = 'distribution';

/** Keeps the few small files that tell the distribution as texts. */
export const distributionReader: Reader = {
  id: DISTRIBUTION_READER,
  revision: 1,
  files: distributionFiles,
  read: (file) => ({ fragment: file.text(), problems: [] }),
};

/** Hands a wanted file to each reader that asked for it, once, and keeps what they say. A reader that throws is a problem. */
export class FileReader {
  readonly #readers: ReadonlyMap<string, Reader>;
  readonly #search: AnchorSearch;
  readonly #problems = new ProblemLog();
  readonly #profile: Profile | undefined;

  constructor(readers: readonly Reader[], profile?: Profile) {
    this.#profile = profile;
    this.#readers = new Map(readers.map((reader) => [reader.id, reader]));
    this.#search = new AnchorSearch(readers);
  }

  /** `undefined` when the file was only looked into and nobody found anything. */
  read(file: WantedFile): FileReadings | undefined {
    const names = presentedPaths(file);
    const hits = this.#findAnchors(file, [...names.keys()]);
    const readings: Record<string, Json> = {};
    for (const [id, { path, isNamed }] of names) {
      const reader = this.#readerOf(id);
      const found = hits.get(id) ?? [];
      const isOfInterest = reader.anchors === undefined || found.length > 0;
      const reading = isOfInterest ? this.#readAs(reader, path, file, found) : null;
      if (reading !== null || isNamed) readings[id] = reading;
    }
    return Object.keys(readings).length > 0 ? readings : undefined;
  }

  problems(): Problem[] {
    return this.#problems.list();
  }

  #readerOf(id: string): Reader {
    const reader = this.#readers.get(id);
    if (!reader) throw new Error(`no reader of the id ${id}`);
    return reader;
  }

  #findAnchors({ content, path }: WantedFile, ids: readonly string[]): ReadonlyMap<string, readonly AnchorHit[]> {
    const wanted = ids.filter((id) => this.#readers.get(id)?.anchors !== undefined);
    if (wanted.length === 0) return NO_HITS;
    const { hits, isCut } = this.#measured(
      ANCHOR_SEARCH,
      content.size,
      (): AnchorFinds => this.#search.find(content, wanted),
    );
    if (isCut) this.#problems.add(tooManyHits(path));
    return hits;
  }

  #readAs(reader: Reader, path: string, file: WantedFile, hits: readonly AnchorHit[]): Json {
    const { content, mode, path: subject } = file;
    const { size } = content;
    try {
      const input = { ...content, path, mode };
      const { fragment, problems } = this.#measured(reader.id, size, () => reader.read(input, hits));
      for (const problem of problems) this.#problems.add({ subject, ...problem });
      return fragment ?? null;
    } catch (error) {
      if (isInputDamage(error)) throw error;
      this.#problems.add(crashed(reader.id, error, subject));
      return null;
    }
  }

  #measured<T>(reader: string, bytes: number, work: () => T): T {
    return this.#profile ? this.#profile.measure(reader, bytes, work) : work();
  }
}

const NO_HITS: ReadonlyMap<string, readonly AnchorHit[]> = new Map();

interface Presented {
  readonly path: string;
  /** It asked for the file by its name, not for what is in it. */
  readonly isNamed: boolean;
}

/** The name each reader sees: its own pattern's rather than one that leads there over a link. */
function presentedPaths({ path, wishes }: WantedFile): Map<string, Presented> {
  const names = new Map<string, Presented>();
  for (const wish of wishes) {
    const known = names.get(wish.reader);
    const isNamed = known?.isNamed === true || isByName(wish);
    const shown = known === undefined || wish.askedFor === undefined ? presentedPath(wish, path) : known.path;
    names.set(wish.reader, { path: shown, isNamed });
  }
  return names;
}

function isByName({ pattern }: FileWish): boolean {
  return pattern.kind !== 'content' && pattern.kind !== 'setuid';
}

function isInputDamage(error: unknown): boolean {
  return error instanceof Error && error.name === 'DamagedInput';
}

function crashed(reader: string, error: unknown, subject: string): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The reader ${reader} failed on this file (${reason.slice(0, 200)}); please report it with the file.`;
  return { code: 'cataloger-failed', message, effect: 'incomplete', subject };
}

function tooManyHits(subject: string): Problem {
  const message = 'A file has more places that may be of interest than are looked at; those beyond were left out.';
  return { code: 'search-hit-limit', message, effect: 'degraded', subject };
}
