import type { Dockerfile, Instruction } from './parse.ts';

/** A build stage that starts from an image, with the place of its reference. */
export interface Stage {
  readonly name?: string;
  /** As it is written: `debian:${VERSION}-slim`. */
  readonly reference: string;
  readonly start: number;
  readonly end: number;
}

/** All stages in order. What cannot be read leaves the list short. */
export function stagesOf({ text, instructions, continuation }: Dockerfile): Stage[] {
  return instructions
    .filter(({ keyword }) => keyword === 'FROM')
    .flatMap(({ start, end }) => {
      const words = [...text.slice(start, end).matchAll(/\S{1,1000}/g)].filter(
        ([word]) => !word.startsWith('--') && word !== continuation,
      );
      const [reference, as, name] = words;
      if (!reference) return [];
      const place = start + reference.index;
      const isNamed = as?.[0].toLowerCase() === 'as' && name !== undefined;
      return [
        {
          reference: reference[0],
          start: place,
          end: place + reference[0].length,
          ...(isNamed && { name: name[0].toLowerCase() }),
        },
      ];
    });
}

/** The stage whose image the last one is built on, through stages built on stages; undefined for `scratch`. */
export function foundationOf(stages: readonly Stage[]): Stage | undefined {
  let at = stages.length - 1;
  while (at >= 0) {
    const { reference } = stages[at] ?? { reference: 'scratch' };
    const before = stages.slice(0, at).findLastIndex(({ name }) => name === reference.toLowerCase());
    if (before < 0) return reference === 'scratch' ? undefined : stages[at];
    at = before;
  }
  return undefined;
}

/** The default of an argument that FROM lines can use, with its place. */
export interface Argument {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Arguments before the first FROM: https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact. */
export function globalArguments({ text, instructions }: Dockerfile): Argument[] {
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  return instructions
    .slice(0, Math.max(0, first))
    .filter(({ keyword }) => keyword === 'ARG')
    .flatMap((instruction) => argumentOf(text, instruction));
}

function argumentOf(text: string, { start, end }: Instruction): Argument[] {
  const found = /^([A-Za-z_]\w{0,100})=(["']?)([\w.:/@+-]{1,300})\2[ \t]*$/.exec(text.slice(start, end));
  const [, name, quote = '', value] = found ?? [];
  if (name === undefined || value === undefined) return [];
  const place = start + name.length + 1 + quote.length;
  return [{ name, value, start: place, end: place + value.length }];
}

/** A text to be written over a part of the file. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The reference with the defaults of its arguments put in; undefined where one has none. */
export function expanded(reference: string, args: readonly Argument[]): string | undefined {
  let isWhole = true;
  const text = reference.replace(VARIABLE, (_all, braced?: string, plain?: string) => {
    const known = args.findLast(({ name }) => name === (braced ?? plain));
    if (!known) isWhole = false;
    return known?.value ?? '';
  });
  return isWhole && !text.includes('$') ? text : undefined;
}

const VARIABLE = /\$(?:\{([A-Za-z_]\w{0,100})\}|([A-Za-z_]\w{0,100}))/g;

/**
 * Writes another reference in a stage: in the FROM line or, where it is made with one argument, in the default of that.
 * Undefined where it is made in a way that does not allow it.
 */
export function withReference(stage: Stage, to: string, args: readonly Argument[]): Replacement | undefined {
  const variables = [...stage.reference.matchAll(VARIABLE)];
  if (variables.length === 0) return { start: stage.start, end: stage.end, text: to };
  const [only] = variables;
  if (!only || variables.length > 1) return undefined;
  const argument = args.findLast(({ name }) => name === (only[1] ?? only[2]));
  const before = stage.reference.slice(0, only.index);
  const after = stage.reference.slice(only.index + only[0].length);
  const fits = to.startsWith(before) && to.endsWith(after) && to.length > before.length + after.length;
  if (!argument || !fits) return undefined;
  return { start: argument.start, end: argument.end, text: to.slice(before.length, to.length - after.length) };
}
