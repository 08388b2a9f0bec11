import { isBlank, isFlowIndicator, isSpaceOrEnd } from './characters.ts';
import type { Cursor } from './cursor.ts';
import { lineEnd } from './cursor.ts';

const MAX_DIRECTIVES = 100;
const CORE = 'tag:yaml.org,2002:';

/** The `%` lines before a document, and what its tags are short for. */
export class Directives {
  readonly #handles = new Map<string, string>();
  #hasVersion = false;
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Reads a line that begins with `%`. Directives that nobody knows are passed over. */
  read(cursor: Cursor): void {
    const { text, position } = cursor;
    const end = lineEnd(text, position);
    const [line = ''] = text.slice(position, end).split(/[ \t]#/, 1);
    const [name, ...words] = line.trim().split(/[ \t]{1,1000}/);
    if (++this.#count > MAX_DIRECTIVES) throw cursor.fault(`more than ${MAX_DIRECTIVES} directives`);
    if (name === '%YAML') this.#version(words, cursor);
    if (name === '%TAG') this.#handle(words, cursor);
    cursor.moveTo(end);
  }

  #version(words: readonly string[], cursor: Cursor): void {
    if (this.#hasVersion) throw cursor.fault('a second %YAML directive');
    if (words.length !== 1 || !/^\d{1,3}\.\d{1,3}$/.test(words[0] ?? '')) throw cursor.fault('write %YAML 1.2');
    this.#hasVersion = true;
  }

  #handle([handle = '', prefix, ...rest]: readonly string[], cursor: Cursor): void {
    if (!/^!(?:[\w-]{0,100}!)?$/.test(handle) || prefix === undefined || rest.length > 0)
      throw cursor.fault('write %TAG !handle! prefix');
    this.#handles.set(handle, prefix);
  }

  /** Reads a tag, which begins with `!`, and gives it in full. */
  tag(cursor: Cursor, inFlow: boolean): string {
    const { text, position: start } = cursor;
    if (text[start + 1] === '<') return verbatimTag(cursor);
    let end = start + 1;
    for (let code = text.charCodeAt(end); !isSpaceOrEnd(code) && !isFlowIndicator(code); code = text.charCodeAt(end))
      end++;
    const written = text.slice(start, end);
    cursor.moveTo(end);
    checkSeparated(cursor, inFlow);
    return this.#full(written, cursor);
  }

  #full(written: string, cursor: Cursor): string {
    if (written === '!') return '!';
    const end = written.indexOf('!', 1) + 1;
    const handle = end > 0 ? written.slice(0, end) : '!';
    const suffix = written.slice(handle.length);
    const prefix = this.#handles.get(handle) ?? (handle === '!!' ? CORE : handle === '!' ? '!' : undefined);
    if (prefix === undefined) throw cursor.fault(`the tag handle ${handle.slice(0, 40)} was not declared with %TAG`);
    if (suffix === '') throw cursor.fault('a tag without a name');
    return (
      prefix + suffix.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    );
  }
}

function verbatimTag(cursor: Cursor): string {
  const { text, position: start } = cursor;
  const end = text.indexOf('>', start);
  const written = end === -1 ? '' : text.slice(start + 2, end);
  if (written === '' || /\s/.test(written)) throw cursor.fault('a tag that begins with !< ends with >');
  cursor.moveTo(end + 1);
  return written;
}

/** What follows a tag or an anchor is kept apart by a blank. */
export function checkSeparated(cursor: Cursor, inFlow: boolean): void {
  const { code } = cursor;
  if (isSpaceOrEnd(code) || isBlank(code) || (inFlow && isFlowIndicator(code))) return;
  throw cursor.fault('put a blank after the tag or anchor');
}
