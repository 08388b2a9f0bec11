import type { LayerChange, LayerWalk, Reader, WantedFile } from '#artifact/index.ts';
import type { LayerTask } from './layer-report.ts';
import type { FileReader, FileReadings } from './readers.ts';
import { type SearchReply, SearchThread } from './search-thread.ts';

/** Stands in the readings of a file for those that another thread makes. */
const LATER = 'later';

/** Has the searching readers work in a thread of their own, and puts what they found into the walk at its end. */
export class SearchApart {
  readonly #task: LayerTask;
  readonly #files: FileReader;
  readonly #thread: SearchThread;
  readonly #own: ReadonlySet<string>;

  /** @param own the readers of this thread */
  constructor(task: LayerTask, own: readonly Reader[], files: FileReader) {
    this.#task = task;
    this.#files = files;
    this.#thread = new SearchThread(task);
    this.#own = new Set(own.map(({ id }) => id));
  }

  read(file: WantedFile): FileReadings | undefined {
    const searched = file.wishes.filter(({ reader }) => !this.#own.has(reader));
    if (searched.length === 0) return this.#files.read(file);
    const ticket = this.#thread.submit({ ...file, wishes: searched });
    const own = file.wishes.filter(({ reader }) => this.#own.has(reader));
    const readings = own.length === 0 ? undefined : this.#files.read({ ...file, wishes: own });
    return { ...readings, [LATER]: ticket };
  }

  /** Waits for the other thread. */
  async settle(walk: LayerWalk<FileReadings>): Promise<LayerWalk<FileReadings> & Pick<SearchReply, 'costs'>> {
    const { readings, problems, costs } = await this.#thread.finish();
    const found = new Map(readings);
    const changes = settled(walk.changes, found, this.#task.isLowest);
    return { ...walk, changes, problems: [...walk.problems, ...problems], costs };
  }

  close(): void {
    this.#thread.close();
  }
}

/** In the lowest layer a file in which nothing was found is left out again, unless it replaces something. */
function settled(
  changes: readonly LayerChange<FileReadings>[],
  found: ReadonlyMap<number, FileReadings>,
  isLowest: boolean,
): LayerChange<FileReadings>[] {
  const kept: LayerChange<FileReadings>[] = [];
  const taken = new Set<string>();
  for (const change of changes) {
    const now = change.kind === 'file' && change.read ? settledFile(change.path, change.read, found) : change;
    const isOfInterest = now.kind !== 'file' || now.read !== undefined || now === change;
    if (!isOfInterest && isLowest && !taken.has(change.path)) continue;
    kept.push(now);
    for (
      let path = change.path;
      path !== '' && !taken.has(path);
      path = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    )
      taken.add(path);
  }
  return kept;
}

function settledFile(
  path: string,
  read: FileReadings,
  found: ReadonlyMap<number, FileReadings>,
): LayerChange<FileReadings> {
  const { [LATER]: ticket, ...own } = read;
  const all = typeof ticket === 'number' ? { ...own, ...found.get(ticket) } : own;
  return Object.keys(all).length === 0 ? { kind: 'file', path } : { kind: 'file', path, read: all };
}
