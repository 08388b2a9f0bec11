import {
  bufferAccess,
  openZip,
  type Problem,
  ProblemLog,
  type RandomAccess,
  type Result,
  type ZipArchive,
  type ZipEntry,
} from '#foundation/index.ts';
import { isArchiveName } from './file-name.ts';
import type { Evidence } from './identity.ts';
import { type Coordinates, parseManifest, parsePomProperties } from './properties.ts';

/** An archive and the way to it: `''` for the file itself, `BOOT-INF/lib/a.jar!/lib/b.jar` for one in one in it. */
export interface OpenedArchive extends Evidence {
  readonly inside: string;
}

export interface ArchiveLimits {
  /** Archives in archives. A war in an ear with libraries that carry their own makes four. */
  readonly maxDepth: number;
  readonly maxArchives: number;
  readonly maxEntryBytes: number;
  /** Of all that is unpacked of one file, at every depth together. */
  readonly maxUnpackedBytes: number;
}

const defaultArchiveLimits: ArchiveLimits = {
  maxDepth: 6,
  maxArchives: 10_000,
  maxEntryBytes: 256 * 1024 * 1024,
  maxUnpackedBytes: 1024 * 1024 * 1024,
};

/** A signed archive's manifest has a section for each class. */
const MAX_MANIFEST = 16 * 1024 * 1024;
const MAX_PROPERTIES = 64 * 1024;
const MAX_COORDINATES = 10_000;

/** Opens an archive and those inside it. Only the directory and the few entries that name packages are read. */
export class ArchiveReader {
  readonly #path: string;
  readonly #limits: ArchiveLimits;
  readonly #problems = new ProblemLog();
  readonly #opened: OpenedArchive[] = [];
  #unpackedBytes = 0;
  #coordinates = 0;

  constructor(path: string, limits: ArchiveLimits = defaultArchiveLimits) {
    this.#path = path;
    this.#limits = limits;
  }

  read(
    source: RandomAccess,
  ): Result<{ readonly archives: readonly OpenedArchive[]; readonly problems: readonly Problem[] }> {
    const zip = openZip(source, this.#limits);
    if (!zip.ok) return zip;
    this.#look(zip.value, '', 1);
    return { ok: true, value: { archives: this.#opened, problems: this.#problems.list() } };
  }

  #look(zip: ZipArchive, inside: string, depth: number): void {
    const { manifest, properties, archives, hasClasses } = entriesOfInterest(zip);
    this.#opened.push({
      inside,
      name: inside === '' ? this.#path : inside,
      coordinates: properties.flatMap((entry) => this.#coordinatesIn(zip, entry, inside)),
      manifest: manifest === undefined ? new Map() : parseManifest(this.#text(zip, manifest, inside, MAX_MANIFEST)),
      hasClasses,
    });
    for (const entry of archives) this.#descend(zip, entry, inside, depth);
  }

  #descend(zip: ZipArchive, entry: ZipEntry, outer: string, depth: number): void {
    const inside = outer === '' ? entry.name : `${outer}!/${entry.name}`;
    if (depth >= this.#limits.maxDepth || this.#opened.length >= this.#limits.maxArchives) {
      this.#problem('nested-limit', 'Archives lie in a Java archive too deep or in too great a number', inside);
      return;
    }
    const content = this.#content(zip, entry, inside, this.#limits.maxEntryBytes);
    if (content === undefined) return;
    const opened = openZip(bufferAccess(content), this.#limits);
    if (opened.ok) this.#look(opened.value, inside, depth + 1);
    else this.#problem('nested-unreadable', 'An archive inside a Java archive is damaged or none', inside);
  }

  #coordinatesIn(zip: ZipArchive, entry: ZipEntry, inside: string): Coordinates[] {
    if (this.#coordinates++ >= MAX_COORDINATES) {
      this.#problem('coordinates-limit', `A Java archive names more than ${MAX_COORDINATES} packages`, inside);
      return [];
    }
    const coordinates = parsePomProperties(this.#text(zip, entry, inside, MAX_PROPERTIES));
    return coordinates === undefined ? [] : [coordinates];
  }

  #text(zip: ZipArchive, entry: ZipEntry, inside: string, maxBytes: number): string {
    return this.#content(zip, entry, inside, maxBytes)?.toString('utf8') ?? '';
  }

  #content(zip: ZipArchive, entry: ZipEntry, inside: string, maxBytes: number): Buffer | undefined {
    this.#unpackedBytes += entry.bytes;
    const fits = entry.bytes <= maxBytes && this.#unpackedBytes <= this.#limits.maxUnpackedBytes;
    const content = fits ? zip.read(entry) : undefined;
    if (content?.ok) return content.value;
    if (!fits) this.#unpackedBytes -= entry.bytes;
    const what = fits ? 'is damaged, encrypted or packed in an unknown way' : 'unpacks to more than the limit';
    this.#problem(fits ? 'entry-unreadable' : 'entry-too-large', `An entry of a Java archive ${what}`, inside);
    return undefined;
  }

  #problem(code: string, what: string, inside: string): void {
    const subject = inside === '' ? this.#path : `${this.#path}!/${inside.slice(0, 1000)}`;
    const message = `${what}; its packages are missing.`;
    this.#problems.add({ code: `java-archive-${code}`, message, effect: 'incomplete', subject });
  }
}

interface EntriesOfInterest {
  readonly manifest: ZipEntry | undefined;
  readonly properties: readonly ZipEntry[];
  readonly archives: readonly ZipEntry[];
  readonly hasClasses: boolean;
}

function entriesOfInterest(zip: ZipArchive): EntriesOfInterest {
  let manifest: ZipEntry | undefined;
  let hasClasses = false;
  const properties: ZipEntry[] = [];
  const archives: ZipEntry[] = [];
  for (const entry of zip.entries()) {
    const { name } = entry;
    if (name.endsWith('.class')) hasClasses = true;
    else if (name.endsWith('/pom.properties')) properties.push(entry);
    else if (isArchiveName(name)) archives.push(entry);
    else if (name.length === 20 && name.toUpperCase() === 'META-INF/MANIFEST.MF') manifest ??= entry;
  }
  return { manifest, properties, archives, hasClasses };
}
