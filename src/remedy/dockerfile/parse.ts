/** One instruction of a Dockerfile with the place of what follows its keyword; continuations and comments between them are inside. */
export interface Instruction {
  /** Upper case. */
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
  /** Lines that follow belong to it as documents: https://docs.docker.com/reference/dockerfile/#here-documents. */
  readonly hasHeredoc: boolean;
}

export interface Dockerfile {
  readonly text: string;
  /** What continues a line: a backslash unless a directive says otherwise. */
  readonly continuation: '\\' | '`';
  readonly instructions: readonly Instruction[];
}

/** https://docs.docker.com/reference/dockerfile/ */
export function parseDockerfile(text: string): Dockerfile {
  const lines = linesWithPlaces(text);
  const continuation = escapeDirective(lines.map(({ content }) => content));
  const places = placesOf(lines);
  const instructions: Instruction[] = [];
  for (let index = 0; index < lines.length; ) {
    const first = lines[index];
    const found = /^[ \t]{0,200}([A-Za-z]{2,20})(?:[ \t]{1,200}|$)/.exec(first?.content ?? '');
    if (!first || !found) {
      index += 1;
      continue;
    }
    const last = lastLine(lines, index, continuation);
    const end = lines[last]?.end ?? first.end;
    const start = Math.min(end, first.start + found[0].length);
    const heredocs = heredocsIn(text.slice(start, end));
    const keyword = (found[1] ?? '').toUpperCase();
    const hasHeredoc = heredocs.length > 0 && /^(?:RUN|COPY|ADD)$/.test(keyword);
    instructions.push({ keyword, start, end, hasHeredoc });
    index = hasHeredoc ? afterHeredocs(places, last + 1, heredocs) : last + 1;
  }
  return { text, continuation, instructions };
}

interface Line {
  readonly content: string;
  readonly start: number;
  /** Without the line's end. */
  readonly end: number;
}

function linesWithPlaces(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const raw of text.split('\n')) {
    const content = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    lines.push({ content, start, end: start + content.length });
    start += raw.length + 1;
  }
  return lines;
}

/** Directives stand before anything else, comments included. */
function escapeDirective(lines: readonly string[]): Dockerfile['continuation'] {
  for (const line of lines) {
    const [, name, value] =
      /^\ufeff?[ \t]{0,50}#[ \t]{0,50}([A-Za-z]{1,30})[ \t]{0,50}=[ \t]{0,50}(\S{0,200})/.exec(line) ?? [];
    if (name === undefined) return '\\';
    if (name.toLowerCase() === 'escape') return value === '`' ? '`' : '\\';
  }
  return '\\';
}

/** Index of the line that ends the instruction: comments and empty lines do not end what is continued. */
function lastLine(lines: readonly Line[], first: number, continuation: string): number {
  let last = first;
  for (let index = first; index < lines.length; index++) {
    const content = lines[index]?.content.trimEnd() ?? '';
    const isSkipped = index > first && (content === '' || /^[ \t]*#/.test(content));
    if (isSkipped) continue;
    last = index;
    if (!content.endsWith(continuation)) break;
  }
  return last;
}

interface Heredoc {
  readonly delimiter: string;
  /** Tabs before the delimiter do not count. */
  readonly isIndented: boolean;
}

/** As the builder finds them: at the beginning of a word, so that `$((a<<b))` is none. */
function heredocsIn(text: string): Heredoc[] {
  const found = text.matchAll(/(?:^|\s)\d{0,9}<<(-?)["']?([A-Za-z_]\w{0,100})["']?/g);
  return [...found].map(([, dash, delimiter = '']) => ({ delimiter, isIndented: dash === '-' }));
}

/** Index of the line after the documents; where one of them has no end, it was none. */
function afterHeredocs(places: LinePlaces, from: number, heredocs: readonly Heredoc[]): number {
  let index = from;
  for (const { delimiter, isIndented } of heredocs) {
    const end = firstFrom(places.get(isIndented ? `\t${delimiter}` : delimiter) ?? [], index);
    if (end === undefined) return from;
    index = end + 1;
  }
  return index;
}

/** Where each line is that can end a document, as it is and, after a tab, without its own tabs. Ascending. */
type LinePlaces = ReadonlyMap<string, readonly number[]>;

function placesOf(lines: readonly Line[]): LinePlaces {
  const places = new Map<string, number[]>();
  for (const [index, { content }] of lines.entries()) {
    if (!/^\t*[A-Za-z_]\w*$/.test(content)) continue;
    const bare = content.replace(/^\t+/, '');
    for (const key of bare === content ? [content, `\t${bare}`] : [`\t${bare}`]) {
      const known = places.get(key);
      if (known) known.push(index);
      else places.set(key, [index]);
    }
  }
  return places;
}

/** By halving: a file can name the same far end in each of its lines. */
function firstFrom(ascending: readonly number[], least: number): number | undefined {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return ascending[low];
}
