import { isScalar } from 'yaml';
import { offsetOf, type RuleFile } from './file.ts';

/** Where a text came from: the place in a file of each of its characters. */
interface Origin {
  readonly file: RuleFile;
  /** The whole text as it stands in the file. */
  readonly written: string;
  /** Offset in the file of a character of the text. */
  place(offset: number): number;
}

interface Piece {
  readonly length: number;
  readonly origin: Origin;
  readonly start: number;
}

/**
 * A text put together from several places of files: conditions that were appended to, lists that were put in. Of every character it is
 * known where it was written, so that what is wrong with the whole is shown where it can be mended.
 */
export class MappedText {
  readonly text: string;
  readonly #pieces: readonly Piece[];

  private constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    this.#pieces = pieces;
  }

  /** The text of a scalar as it is in its file. */
  static written(file: RuleFile, node: unknown, text: string): MappedText {
    return new MappedText(text, [{ length: text.length, origin: scalarOrigin(file, node, text), start: 0 }]);
  }

  /** A text that stands for what is written at one place. */
  static at(file: RuleFile, offset: number, text: string): MappedText {
    return new MappedText(text, [
      { length: text.length, origin: { file, written: '', place: () => offset }, start: 0 },
    ]);
  }

  static joined(parts: readonly MappedText[]): MappedText {
    return new MappedText(
      parts.map(({ text }) => text).join(''),
      parts.flatMap((part) => part.#pieces),
    );
  }

  /** The same text, all of it from the place of one of its characters. */
  standingIn(text: string, offset: number): MappedText {
    const { file, place } = this.place(offset);
    return MappedText.at(file, place, text);
  }

  /** All texts that it was put together from, as they are in their files: with the names of lists. */
  get writtenText(): string {
    return [...new Set(this.#pieces.map(({ origin }) => origin.written))].join(' ');
  }

  slice(from: number, to = this.text.length): MappedText {
    const pieces: Piece[] = [];
    let at = 0;
    for (const { length, origin, start } of this.#pieces) {
      const first = Math.max(from - at, 0);
      const last = Math.min(to - at, length);
      if (last > first) pieces.push({ length: last - first, origin, start: start + first });
      at += length;
    }
    return new MappedText(this.text.slice(from, to), pieces);
  }

  trimmed(): MappedText {
    const start = this.text.length - this.text.trimStart().length;
    return this.slice(start, start + this.text.trim().length);
  }

  place(offset: number): { file: RuleFile; place: number } {
    let at = 0;
    let last: Piece | undefined;
    for (const piece of this.#pieces) {
      if (piece.length > 0) last = piece;
      if (offset < at + piece.length)
        return { file: piece.origin.file, place: piece.origin.place(piece.start + offset - at) };
      at += piece.length;
    }
    const piece = last ?? this.#pieces[0];
    if (piece === undefined) throw new Error('a text without a place');
    return { file: piece.origin.file, place: piece.origin.place(piece.start + piece.length) };
  }
}

/** Asked only when something is wrong: the scalar as it is written is gone through once for each place. */
function scalarOrigin(file: RuleFile, node: unknown, text: string): Origin {
  const start = offsetOf(node);
  const end = isScalar(node) ? (node.range?.[1] ?? start) : start;
  return { file, written: text, place: (offset) => start + alignment(file.text.slice(start, end), text, offset) };
}

/**
 * Where a character of the value stands in the scalar as it is written. Folding changes blanks and line breaks only, and quotes add
 * characters that are not in the value: the others come in the same order.
 */
function alignment(written: string, value: string, offset: number): number {
  let at = /^[|>]/.test(written) ? written.indexOf('\n') + 1 : 0;
  for (let index = 0; index < offset && index < value.length; index++) {
    const character = value[index] ?? '';
    if (/\s/.test(character)) continue;
    const found = written.indexOf(character, at);
    if (found === -1) break;
    at = found + 1;
  }
  const next = value[offset];
  const following = next === undefined || /\s/.test(next) ? -1 : written.indexOf(next, at);
  return following === -1 ? Math.min(at, written.length) : following;
}
