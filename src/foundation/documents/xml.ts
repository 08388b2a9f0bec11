import { err, ok, type Result } from '../result.ts';
import type { TextSource } from './text-source.ts';

/** An element with its name and attributes without name space prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, that of its children left out, trimmed. */
  readonly text: string;
}

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_ELEMENTS = 2_000_000;
const MAX_DEPTH = 64;
const MAX_ATTRIBUTES = 64;

/**
 * Reads XML as build files have it, size, depth and counts bounded. Only the predefined entities and character references
 * stand for something: a document that declares its own is refused, for that is how a few bytes are made gigabytes, or
 * another file's content. Comments and processing instructions are passed over.
 */
export function parseXml(file: TextSource): Result<XmlElement> {
  if (file.size > MAX_BYTES) return err(`has more than ${MAX_BYTES} bytes`);
  const text = file.text();
  try {
    return ok(new XmlReader(text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text).read());
  } catch (error) {
    if (error instanceof XmlDamage) return err(error.message);
    throw error;
  }
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first element at the end of a path of names. */
export function childOf(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce((at, name) => at?.children.find((child) => child.name === name), element);
}

/** Undefined where there is no element, or no text in it. */
export function textOf(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return childOf(element, ...path)?.text || undefined;
}

class XmlDamage extends Error {}

interface OpenElement {
  readonly qualifiedName: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

class XmlReader {
  readonly #text: string;
  readonly #open: OpenElement[] = [];
  #at = 0;
  #elements = 0;
  #root: XmlElement | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): XmlElement {
    while (this.#at < this.#text.length) {
      const bracket = this.#text.indexOf('<', this.#at);
      const end = bracket === -1 ? this.#text.length : bracket;
      this.#addText(decoded(this.#text.slice(this.#at, end)));
      this.#at = end;
      if (bracket !== -1) this.#markup();
    }
    if (this.#root === undefined || this.#open.length > 0) throw new XmlDamage('is not well-formed XML');
    return this.#root;
  }

  #markup(): void {
    const text = this.#text;
    if (text.startsWith('<!--', this.#at)) this.#at = this.#behind('-->', 4);
    else if (text.startsWith('<![CDATA[', this.#at)) {
      const end = this.#behind(']]>', 9);
      this.#addText(text.slice(this.#at + 9, end - 3));
      this.#at = end;
    } else if (text.startsWith('<?', this.#at)) this.#at = this.#behind('?>', 2);
    else if (text.startsWith('<!', this.#at)) this.#documentType();
    else if (text.startsWith('</', this.#at)) this.#close();
    else this.#openTag();
  }

  #documentType(): void {
    const end = this.#behind('>', 2);
    if (this.#text.slice(this.#at, end).includes('[')) throw new XmlDamage('declares entities of its own');
    this.#at = end;
  }

  #behind(mark: string, skip: number): number {
    const found = this.#text.indexOf(mark, this.#at + skip);
    if (found === -1) throw new XmlDamage('is not well-formed XML');
    return found + mark.length;
  }

  #openTag(): void {
    const end = tagEnd(this.#text, this.#at + 1);
    if (end === -1) throw new XmlDamage('is not well-formed XML');
    const isEmpty = this.#text.charCodeAt(end - 1) === SLASH;
    const inner = this.#text.slice(this.#at + 1, isEmpty ? end - 1 : end);
    const [qualifiedName = ''] = /^[^\s/<>"'=]+/.exec(inner) ?? [];
    if (qualifiedName === '') throw new XmlDamage('is not well-formed XML');
    if (++this.#elements > MAX_ELEMENTS) throw new XmlDamage(`has more than ${MAX_ELEMENTS} elements`);
    if (this.#open.length >= MAX_DEPTH) throw new XmlDamage(`is nested more than ${MAX_DEPTH} levels deep`);
    const attributes = attributesIn(inner.slice(qualifiedName.length));
    this.#open.push({ qualifiedName, name: localName(qualifiedName), attributes, children: [], text: '' });
    this.#at = end + 1;
    if (isEmpty) this.#finish();
  }

  #close(): void {
    const end = this.#behind('>', 2);
    const name = this.#text.slice(this.#at + 2, end - 1).trimEnd();
    if (this.#open.at(-1)?.qualifiedName !== name) throw new XmlDamage('is not well-formed XML');
    this.#at = end;
    this.#finish();
  }

  #finish(): void {
    const done = this.#open.pop();
    if (done === undefined) return;
    const { name, attributes, children, text } = done;
    const element: XmlElement = { name, attributes, children, text: text.trim() };
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else this.#root ??= element;
  }

  #addText(text: string): void {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += text;
  }
}

const SLASH = 47;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const ATTRIBUTE = /\s*([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;

/** Position of the `>` that ends a tag; one in quotes does not. */
function tagEnd(text: string, start: number): number {
  let quote = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) quote = code === quote ? 0 : quote;
    else if (code === 34 || code === 39) quote = code;
    else if (code === 62) return at;
    else if (code === 60) return -1;
  }
  return -1;
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  if (text.trim() === '') return NO_ATTRIBUTES;
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = 0;
  for (let match = ATTRIBUTE.exec(text); match !== null; match = ATTRIBUTE.exec(text)) {
    if (attributes.size >= MAX_ATTRIBUTES) throw new XmlDamage('has an element with too many attributes');
    attributes.set(localName(match[1] ?? ''), decoded(match[2] ?? match[3] ?? ''));
  }
  return attributes;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['apos', "'"],
  ['quot', '"'],
]);

/** Entities that are not known stay as they are written. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}));/g, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return ENTITIES.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}
