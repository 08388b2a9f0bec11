import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Advisory, Enrichment } from '../advisory.ts';
import { LineSorter } from './line-sorter.ts';
import { encodeAdvisory, encodeEnrichment, encodeStatement } from './record-codec.ts';
import {
  asciiJson,
  type BlockPlace,
  type Extent,
  encodeFooter,
  encodeHeader,
  KEY_BLOCK_BYTES,
  keyOf,
  packBlock,
  RECORD_BLOCK_BYTES,
  writeBlockEntry,
} from './shard-format.ts';

/** A package with more statements than this is not a package; the limit keeps one line of the file in memory. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;

/** What stands in the shard about itself. */
export interface ShardDescription {
  readonly source: string;
  readonly feed: string;
  readonly asOf: string;
  readonly ecosystems: readonly string[];
  readonly advisories: number;
  readonly statements: number;
}

export interface WrittenShard extends ShardDescription {
  readonly bytes: number;
  /** Lower-case hexadecimal, of the whole file. */
  readonly sha256: string;
}

/** Writes one shard front to back: records as they come, statements through a sorter, tables last. */
export class ShardWriter {
  readonly #descriptor: number;
  readonly #hash = createHash('sha256');
  readonly #sorter: LineSorter;
  readonly #recordTable: Buffer[] = [];
  readonly #keyTable: Buffer[] = [];
  readonly #ecosystems = new Set<string>();
  #offset = 0;
  #records: string[] = [];
  #recordBytes = 0;
  #recordCount = 0;
  #firstOrdinal = 0;
  #statements = 0;

  /** The sorter's runs go beside the file. */
  constructor(path: string) {
    this.#descriptor = openSync(path, 'wx', 0o644);
    this.#sorter = new LineSorter(dirname(path));
    this.#write(encodeHeader());
  }

  addAdvisory({ affected, ...head }: Advisory): void {
    const ordinal = this.#recordCount;
    this.#recordCount += 1;
    const line = encodeAdvisory(head);
    this.#records.push(line);
    this.#recordBytes += line.length + 1;
    for (const statement of affected) {
      this.#ecosystems.add(statement.ecosystem);
      this.#statements += 1;
      this.#sorter.add(`${keyOf(statement.ecosystem, statement.name)}\0${encodeStatement(ordinal, statement)}`);
    }
    if (this.#recordBytes >= RECORD_BLOCK_BYTES) this.#flushRecords();
  }

  addEnrichment(id: string, enrichment: Enrichment): void {
    this.#recordCount += 1;
    this.#sorter.add(`${keyOf('', id)}\0${encodeEnrichment(enrichment)}`);
  }

  finish(about: Pick<ShardDescription, 'source' | 'feed' | 'asOf' | 'ecosystems'>): WrittenShard {
    this.#flushRecords();
    this.#writeKeys();
    const description: ShardDescription = {
      ...about,
      ecosystems: [...new Set([...about.ecosystems, ...this.#ecosystems])].sort(),
      advisories: this.#recordCount,
      statements: this.#statements,
    };
    const footer = {
      description: this.#writeExtent(Buffer.from(asciiJson(description))),
      recordTable: this.#writeExtent(Buffer.concat(this.#recordTable)),
      keyTable: this.#writeExtent(Buffer.concat(this.#keyTable)),
    };
    this.#write(encodeFooter(footer));
    fsyncSync(this.#descriptor);
    return { ...description, bytes: this.#offset, sha256: this.#hash.digest('hex') };
  }

  close(): void {
    closeSync(this.#descriptor);
    this.#sorter.discard();
  }

  #flushRecords(): void {
    if (this.#records.length === 0) return;
    const place = this.#writeBlock(this.#records.join('\n'));
    const ordinal = Buffer.alloc(4);
    ordinal.writeUInt32LE(this.#firstOrdinal);
    this.#recordTable.push(writeBlockEntry(place), ordinal);
    this.#firstOrdinal += this.#records.length;
    this.#records = [];
    this.#recordBytes = 0;
  }

  /** Lines of one key become one line with a list; lines gather into blocks. */
  #writeKeys(): void {
    const block = new KeyBlock((firstKey, text) => this.#addKeyBlock(firstKey, text));
    let key = '';
    let values: string[] = [];
    let bytes = 0;
    for (const line of this.#sorter.sorted()) {
      const end = line.indexOf('\0', line.indexOf('\0') + 1);
      if (values.length > 0 && !(end === key.length && line.startsWith(key))) {
        block.add(key, values);
        values = [];
        bytes = 0;
      }
      key = line.slice(0, end);
      bytes += line.length;
      if (bytes > MAX_LINE_BYTES) throw new Error(`more than ${MAX_LINE_BYTES} bytes of statements about one package`);
      values.push(line.slice(end + 1));
    }
    if (values.length > 0) block.add(key, values);
    block.flush();
  }

  #addKeyBlock(firstKey: string, text: string): void {
    const key = Buffer.from(firstKey, 'latin1');
    const length = Buffer.alloc(2);
    length.writeUInt16LE(key.length);
    this.#keyTable.push(writeBlockEntry(this.#writeBlock(text)), length, key);
  }

  #writeBlock(text: string): BlockPlace {
    const { stored, rawBytes, crc } = packBlock(text);
    const offset = this.#offset;
    this.#write(stored);
    return { offset, bytes: stored.length, rawBytes, crc };
  }

  #writeExtent(bytes: Buffer): Extent {
    const offset = this.#offset;
    this.#write(bytes);
    return { offset, bytes: bytes.length, crc: crc32(bytes) };
  }

  #write(bytes: Buffer): void {
    this.#hash.update(bytes);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor, bytes, written);
    this.#offset += bytes.length;
  }
}

/** Every line begins with a newline, so that a search for newline and key finds whole keys only. */
class KeyBlock {
  readonly #write: (firstKey: string, text: string) => void;
  #firstKey = '';
  #text = '';

  constructor(write: (firstKey: string, text: string) => void) {
    this.#write = write;
  }

  add(key: string, values: readonly string[]): void {
    if (this.#text === '') this.#firstKey = key;
    this.#text += `\n${key}\0[${values.join(',')}]`;
    if (this.#text.length >= KEY_BLOCK_BYTES) this.flush();
  }

  flush(): void {
    if (this.#text === '') return;
    this.#write(this.#firstKey, this.#text);
    this.#text = '';
  }
}
