import type { Fault, Heredoc } from '../document.ts';
import type { Line, Source } from './lines.ts';
import { splitJson, splitWords } from './split.ts';

const withHeredocs = new Set(['RUN', 'COPY', 'ADD']);
const MAX_HEREDOCS = 50;

interface Announced {
  readonly name: string;
  readonly stripsTabs: boolean;
  readonly expands: boolean;
}

export interface Heredocs {
  readonly heredocs: readonly Heredoc[];
  /** Index of the line after the last one. */
  readonly next: number;
  readonly faults: readonly Fault[];
}

/** Documents that an instruction's line announces, read from the lines below: https://docs.docker.com/reference/dockerfile/#here-documents. */
export function readHeredocs(
  { document, lines, escapeWith }: Source,
  keyword: string,
  text: string,
  first: number,
): Heredocs {
  const heredocs: Heredoc[] = [];
  const faults: Fault[] = [];
  let next = first;
  for (const announced of withHeredocs.has(keyword) ? announcedIn(text, escapeWith) : []) {
    const last = lineOf(announced, lines, next);
    heredocs.push({ ...announced, ...contentOf(document, lines, next, last) });
    if (last >= lines.length) {
      const end = lines.at(-1)?.end ?? 0;
      faults.push({ start: end, end, message: `the here-document ${announced.name} has no end` });
    }
    next = Math.min(last + 1, lines.length);
  }
  return { heredocs, next, faults };
}

function announcedIn(text: string, escapeWith: string): Announced[] {
  if (!text.includes('<<')) return [];
  const words = splitWords(text, escapeWith);
  const first = words.slice(1).find(({ raw }) => !raw.startsWith('--'));
  if (first && splitJson(text, first.start)) return [];
  return words
    .flatMap(({ raw }) => {
      const found = /^\d{0,9}<<(-?)([^<]{1,200})$/.exec(raw);
      const word = found?.[2] ?? '';
      const name = word.replaceAll(/["'\\]/g, '');
      return name === '' ? [] : [{ name, stripsTabs: found?.[1] === '-', expands: name === word }];
    })
    .slice(0, MAX_HEREDOCS);
}

function lineOf({ name, stripsTabs }: Announced, lines: readonly Line[], from: number): number {
  for (let index = from; index < lines.length; index++) {
    const content = lines[index]?.content ?? '';
    if ((stripsTabs ? content.replace(/^\t+/, '') : content) === name) return index;
  }
  return lines.length;
}

function contentOf(document: string, lines: readonly Line[], from: number, last: number) {
  const body = lines.slice(from, last);
  const start = body[0]?.start ?? lines[from]?.start ?? lines.at(-1)?.end ?? 0;
  const end = body.at(-1)?.end ?? start;
  return { content: document.slice(start, end), start, end };
}
