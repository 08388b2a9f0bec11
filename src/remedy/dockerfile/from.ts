import type { Dockerfile, Stage } from '#checks/index.ts';

/** A stage that begins from an image. */
export interface ImageStage extends Stage {
  readonly base: Extract<Stage['base'], { readonly kind: 'image' }>;
}

/** The stage whose image the last one is built on, through stages built on stages; undefined for `scratch`. */
export function foundationOf({ stages }: Dockerfile): ImageStage | undefined {
  let stage = stages.at(-1);
  while (stage?.base.kind === 'stage') stage = stages[stage.base.stage];
  return stage && isImageStage(stage) ? stage : undefined;
}

function isImageStage(stage: Stage): stage is ImageStage {
  return stage.base.kind === 'image';
}

/** The default of an argument that FROM lines can use, with its place. */
interface Argument {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Arguments before the first FROM: https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact. */
function globalArguments({ text, instructions }: Dockerfile): Argument[] {
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  return instructions
    .slice(0, Math.max(0, first))
    .flatMap(({ pairs }) => pairs)
    .flatMap(({ name, value }) => {
      if (!value) return [];
      const { start, end } = withoutQuotes(text, value);
      return text.slice(start, end) === value.value ? [{ name: name.value, start, end }] : [];
    });
}

function withoutQuotes(text: string, { start, end }: { readonly start: number; readonly end: number }) {
  const quote = text[start];
  const isQuoted = end - start > 1 && (quote === '"' || quote === "'") && text[end - 1] === quote;
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

/** A text to be written over a part of the file. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Writes another reference in a stage: in the FROM line or, where it is made with one argument, in the default of that.
 * Undefined where it is made in a way that does not allow it.
 */
export function withReference(file: Dockerfile, { base: { word } }: ImageStage, to: string): Replacement | undefined {
  const { start, end } = word;
  const written = file.text.slice(start, end);
  if (!/[$"'\\`]/.test(written)) return written === word.value ? { start, end, text: to } : undefined;
  const [before, name, after, ...more] = written.split(VARIABLE);
  if (before === undefined || name === undefined || after === undefined || more.length > 0) return undefined;
  const argument = globalArguments(file).findLast((one) => one.name === name.replace(/^\{(.*)\}$/s, '$1'));
  const fits = to.startsWith(before) && to.endsWith(after) && to.length > before.length + after.length;
  if (!argument || !fits) return undefined;
  return { start: argument.start, end: argument.end, text: to.slice(before.length, to.length - after.length) };
}

const VARIABLE = /\$(\{[A-Za-z_]\w{0,100}\}|[A-Za-z_]\w{0,100})/;
