import type { Readable } from 'node:stream';

/** An answer that is a file: written while it is read, so that its length does not matter. */
export class Download {
  /** `text/csv; charset=utf-8` */
  readonly mediaType: string;
  /** For the browser; letters, digits, dots and dashes only. */
  readonly fileName: string;
  readonly content: Readable | string;

  constructor(mediaType: string, fileName: string, content: Readable | string) {
    this.mediaType = mediaType;
    this.fileName = fileName;
    this.content = content;
  }
}
