import { parseXml, type XmlElement } from '#foundation/documents/index.ts';
import { err, type Result } from '#foundation/index.ts';

/** One element as text, and where it stands; unreadable where it is not well-formed or too long. */
export type ElementRead = Result<XmlElement>;

/**
 * Reads `<updates><update …>…</update>…</updates>` of any size, one `<update>` at a time, so that a document of hundreds of
 * megabytes never stands in memory. `names` are those of the elements wanted, without prefixes; one within another of the same
 * name is part of it only up to its first end. Throws where the document is none, or breaks off.
 */
export async function* xmlElements(
  chunks: AsyncIterable<Buffer>,
  names: readonly string[],
  maxElementBytes: number,
): AsyncGenerator<readonly ElementRead[]> {
  const scanner = new ElementScanner(names, maxElementBytes);
  for await (const chunk of chunks) {
    const elements = scanner.push(chunk);
    if (elements.length > 0) yield elements;
  }
  scanner.finish();
}

/** A start tag is found whole or in the next chunk: none of the names, with a prefix, is longer. */
const MAX_NAME = 200;

class ElementScanner {
  readonly #start: RegExp;
  readonly #maxBytes: number;
  /** One byte a character, so that no character is cut in two between chunks. */
  #text = '';
  /** The end of an element that is too long to keep, while it is passed over. */
  #passing: string | undefined;
  #root: string | undefined;
  /** The last characters of the document. */
  #ending = '';

  constructor(names: readonly string[], maxBytes: number) {
    this.#start = new RegExp(`<((?:[\\w.-]{1,60}:)?(?:${names.join('|')}))(?=[\\s/>])`, 'g');
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): ElementRead[] {
    const text = chunk.toString('latin1');
    this.#text += text;
    this.#ending = (this.#ending + text).slice(-MAX_ENDING);
    this.#root ??= rootOf(this.#text);
    if (this.#root === undefined) return [];
    const elements: ElementRead[] = [];
    let at = this.#pass();
    for (;;) {
      const start = this.#nextStart(at);
      if (start === undefined) return this.#keep(Math.max(at, this.#text.length - MAX_NAME), undefined, elements);
      const end = this.#endOf(start);
      if (end === undefined) return this.#keep(start.index, `</${start[1]}>`, elements);
      elements.push(readElement(this.#text.slice(start.index, end)));
      at = end;
    }
  }

  /** Behind the element that is passed over, as far as it goes. */
  #pass(): number {
    if (this.#passing === undefined) return 0;
    const end = this.#text.indexOf(this.#passing);
    if (end < 0) return this.#text.length;
    const behind = end + this.#passing.length;
    this.#passing = undefined;
    return behind;
  }

  #nextStart(from: number): RegExpExecArray | undefined {
    if (this.#passing !== undefined) return undefined;
    this.#start.lastIndex = from;
    return this.#start.exec(this.#text) ?? undefined;
  }

  #endOf(start: RegExpExecArray): number | undefined {
    const tagEnd = this.#text.indexOf('>', start.index);
    if (tagEnd < 0) return undefined;
    if (this.#text[tagEnd - 1] === '/') return tagEnd + 1;
    const end = `</${start[1]}>`;
    const found = this.#text.indexOf(end, tagEnd);
    return found < 0 ? undefined : found + end.length;
  }

  #keep(from: number, end: string | undefined, elements: ElementRead[]): ElementRead[] {
    this.#text = this.#text.slice(this.#passing === undefined ? from : -MAX_NAME);
    if (end === undefined || this.#text.length <= this.#maxBytes) return elements;
    elements.push(err(`an element of more than ${this.#maxBytes} bytes`));
    this.#passing = end;
    this.#text = this.#text.slice(-MAX_NAME);
    return elements;
  }

  finish(): void {
    if (this.#root === undefined) throw new Error('is no XML document');
    const isWhole = this.#passing === undefined && this.#ending.trimEnd().endsWith(`</${this.#root}>`);
    if (!isWhole) throw new Error('the XML document breaks off');
  }
}

const MAX_ENDING = 4096;
const MAX_PROLOGUE = 64 * 1024;

/** The name of the outermost element, once it is there. */
function rootOf(text: string): string | undefined {
  const bare = text.replace(/^\u00ef(?:\u00bb(?:\u00bf)?)?/, '').trimStart();
  if (bare !== '' && !bare.startsWith('<')) throw new Error('is no XML document');
  const root = /<([A-Za-z_][\w:.-]{0,100})[\s>]/.exec(bare.replace(/<!--[\s\S]*?-->/g, ''))?.[1];
  if (root === undefined && text.length > MAX_PROLOGUE) throw new Error('is no XML document');
  return root;
}

function readElement(text: string): ElementRead {
  const bytes = Buffer.from(text, 'latin1');
  return parseXml({ size: bytes.length, bytes: () => bytes, text: () => bytes.toString('utf8') });
}
