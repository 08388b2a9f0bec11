import type { ImageConfig } from '#artifact/index.ts';
import { type Command, parseShell } from '../dockerfile/index.ts';

/** A build step as the image's history has it. */
export interface Step {
  /** From 1, the base image's first. */
  readonly number: number;
  /** Upper case: `RUN`, `COPY`. */
  readonly keyword: string;
  /** What follows it. */
  readonly text: string;
  /** Of RUN. */
  readonly commands: readonly Command[];
}

/** Builders keep thousands of characters of a step at most; more is somebody's joke. */
const MAX_STEP_LENGTH = 64 * 1024;
const MAX_WORDS = 50_000;

/**
 * The history's steps. The old builder wrote `/bin/sh -c #(nop) CMD ["a"]` and `/bin/sh -c command`, BuildKit writes
 * `CMD ["a"]` and `RUN |1 NAME=value /bin/sh -c command # buildkit`.
 */
export function stepsOf({ history }: ImageConfig): Step[] {
  const budget = { words: MAX_WORDS };
  return history.map(({ createdBy = '' }, index) => {
    const { keyword, text } = instructionOf(createdBy.slice(0, MAX_STEP_LENGTH));
    const place = { isExact: false, offset: (at: number) => at };
    const commands = keyword === 'RUN' ? parseShell(text, place, budget) : [];
    return { number: index + 1, keyword, text, commands };
  });
}

function instructionOf(createdBy: string): { keyword: string; text: string } {
  const written = createdBy.replace(/[ \t]{0,9}# buildkit[ \t]{0,9}$/, '');
  const plain = /^(?:\/bin\/sh -c )?#\(nop\)[ \t]{1,9}([A-Z]{2,20})[ \t]{1,9}/.exec(written);
  if (plain) return { keyword: plain[1] ?? '', text: written.slice(plain[0].length) };
  const run =
    /^(?:RUN[ \t]{1,9})?(?:\|\d{1,3}[ \t].{0,16000}?)?\/bin\/(?:ba|da|a)?sh (?:-[a-z]{1,10} (?:pipefail )?){1,5}/s.exec(
      written,
    );
  if (run) return { keyword: 'RUN', text: written.slice(run[0].length) };
  const other = /^([A-Z]{2,20})[ \t]{1,9}/.exec(written);
  return other ? { keyword: other[1] ?? '', text: written.slice(other[0].length) } : { keyword: 'RUN', text: written };
}

/** The number of the last step of a kind that names something, to point at; 1 where the history does not say. */
export function stepNumber({ history }: ImageConfig, keyword: string, word = ''): number {
  const index = history.findLastIndex(({ createdBy = '' }) => {
    // The cheap question first: a configuration may have very many steps.
    if (!createdBy.includes(keyword) || !createdBy.includes(word)) return false;
    return instructionOf(createdBy.slice(0, MAX_STEP_LENGTH)).keyword === keyword;
  });
  return Math.max(0, index) + 1;
}
