import { CODE, isDigit, isLower, skipDigits } from '../../characters.ts';

/**
 * What stands at a place in `number{.number}{letter}{_suffix{number}}{~hash}{-r#}`. Where two versions part, the one
 * with the lower kind is newer (a pre-release suffix apart), so the order of these values is the order of versions.
 */
export const KIND = {
  FIRST: 0,
  COMPONENT: 1,
  LETTER_NUMBER: 2,
  LETTER: 3,
  SUFFIX: 4,
  SUFFIX_NUMBER: 5,
  HASH: 6,
  REVISION: 7,
  END: 8,
  INVALID: 9,
} as const;

type Kind = (typeof KIND)[keyof typeof KIND];

/** Suffixes in their order; those before the empty one make a version older than the same without a suffix. */
const suffixes = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];
const releasedRank = suffixes.indexOf('');

/**
 * Walks over one version's tokens. Two forms that apk-tools 2 ordered and apk-tools 3 calls invalid are still read,
 * since old repositories contain them: a number after the letter (`6.0p1`) and an empty component (`0..1`).
 */
export class ApkCursor {
  readonly text: string;
  kind: Kind = KIND.FIRST;
  /** Where the current token's value starts and ends. */
  start = 0;
  end = 0;
  /** Position of the current suffix among all suffixes. */
  suffix = 0;

  constructor(text: string) {
    this.text = text;
    this.end = skipDigits(text, 0, text.length);
    if (this.end === 0) this.kind = KIND.INVALID;
  }

  get isPrerelease(): boolean {
    return this.kind === KIND.SUFFIX && this.suffix < releasedRank;
  }

  get isOpen(): boolean {
    return this.kind < KIND.END;
  }

  next(): void {
    const at = this.end;
    if (at >= this.text.length) {
      this.kind = KIND.END;
      return;
    }
    const code = this.text.charCodeAt(at);
    if (isLower(code)) this.#take(KIND.LETTER, this.kind <= KIND.LETTER_NUMBER, at, at + 1);
    else if (isDigit(code)) this.#number(at);
    else if (code === CODE.DOT)
      this.#take(KIND.COMPONENT, this.kind <= KIND.LETTER_NUMBER, at + 1, this.#digits(at + 1));
    else if (code === CODE.UNDERSCORE) this.#suffixName(at + 1);
    else if (code === CODE.TILDE) this.#hash(at + 1);
    else if (this.text.startsWith('-r', at)) this.#revision(at + 2);
    else this.kind = KIND.INVALID;
  }

  #take(kind: Kind, allowed: boolean, start: number, end: number): void {
    this.kind = allowed ? kind : KIND.INVALID;
    this.start = start;
    this.end = end;
  }

  #number(at: number): void {
    const kind = this.kind === KIND.SUFFIX ? KIND.SUFFIX_NUMBER : KIND.LETTER_NUMBER;
    this.#take(kind, this.kind === KIND.SUFFIX || this.kind === KIND.LETTER, at, this.#digits(at));
  }

  #suffixName(at: number): void {
    let end = at;
    while (isLower(this.text.charCodeAt(end))) end++;
    // No suffix is longer than five letters: do not copy what a hostile text makes of it.
    this.suffix = end > at && end - at <= 5 ? suffixes.indexOf(this.text.slice(at, end)) : -1;
    this.#take(KIND.SUFFIX, this.kind <= KIND.SUFFIX_NUMBER && this.suffix >= 0, at, end);
  }

  #hash(at: number): void {
    let end = at;
    while (isHexDigit(this.text.charCodeAt(end))) end++;
    this.#take(KIND.HASH, this.kind < KIND.HASH && end > at, at, end);
  }

  #revision(at: number): void {
    const end = this.#digits(at);
    this.#take(KIND.REVISION, this.kind < KIND.REVISION && end > at, at, end);
  }

  #digits(at: number): number {
    return skipDigits(this.text, at, this.text.length);
  }
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102);
}
