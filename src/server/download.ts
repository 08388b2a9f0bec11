import type { Readable } from 'node:stream';

/** An answer that is no JSON document: written while it is read, so that its length does not matter. */
export class Download {
  /** `text/csv; charset=utf-8` */
  readonly mediaType: string;
  /** For browsers to save it as: letters, digits, dots and dashes only. Undefined for what is no file. */
  readonly fileName: string | undefined;
  readonly content: Readable | string;

  constructor(mediaType: string, fileName: string | undefined, content: Readable | string) {
    this.mediaType = mediaType;
    this.fileName = fileName;
    this.content = content;
  }
}
