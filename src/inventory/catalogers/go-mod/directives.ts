import { linesOf } from '#foundation/documents/index.ts';

/** One directive of a `go.mod`: `require` `github.com/a/b` `v1.0.0`, with the comment behind it. */
export interface Directive {
  readonly verb: string;
  readonly words: readonly string[];
  readonly comment: string;
}

const WORD = /\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|([^\s"`()]+|[()]))/y;
const MAX_WORDS = 64;

/** Blocks are taken apart: `require ( a v1 )` on lines of its own gives one directive for each line (https://go.dev/ref/mod#go-mod-file-grammar). */
export function* directivesOf(text: string): Generator<Directive> {
  let block: string | undefined;
  for (const line of linesOf(text)) {
    const { code, comment } = splitComment(line);
    const words = wordsOf(code);
    const first = words[0];
    if (first === undefined) continue;
    if (first === ')') block = undefined;
    else if (block !== undefined) yield { verb: block, words, comment };
    else if (words[1] === '(') block = first;
    else yield { verb: first, words: words.slice(1), comment };
  }
}

/** No module path and no version holds two slashes in a row; addresses are not written with their scheme. */
function splitComment(line: string): { code: string; comment: string } {
  const at = line.indexOf('//');
  return at === -1 ? { code: line, comment: '' } : { code: line.slice(0, at), comment: line.slice(at + 2).trim() };
}

function wordsOf(code: string): string[] {
  const words: string[] = [];
  WORD.lastIndex = 0;
  for (let match = WORD.exec(code); match !== null && words.length < MAX_WORDS; match = WORD.exec(code)) {
    words.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return words;
}
