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
    const delimiters = heredocsIn(text.slice(start, end));
    const keyword = (found[1] ?? '').toUpperCase();
    const hasHeredoc = delimiters.length > 0 && /^(?:RUN|COPY|ADD)$/.test(keyword);
    instructions.push({ keyword, start, end, hasHeredoc });
    index = hasHeredoc ? afterHeredocs(lines, last + 1, delimiters) : last + 1;
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

function heredocsIn(text: string): string[] {
  return [...text.matchAll(/(?<!<)<<(?!<)-?["']?([A-Za-z_]\w{0,100})["']?/g)].map(([, word = '']) => word);
}

function afterHeredocs(lines: readonly Line[], from: number, delimiters: readonly string[]): number {
  let index = from;
  for (const delimiter of delimiters) {
    while (index < lines.length && lines[index]?.content.trim() !== delimiter) index += 1;
    index += 1;
  }
  return index;
}
