/** A document as parsers want it: its size is known before its text is made. Every file that a reader is handed is one. */
export interface TextSource {
  /** Bytes. */
  readonly size: number;
  bytes(): Uint8Array;
  /** The whole content as UTF-8; invalid sequences become U+FFFD. */
  text(): string;
}
