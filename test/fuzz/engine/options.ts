import { parseArgs } from 'node:util';

export interface FuzzOptions {
  /** For all targets together. */
  readonly seconds: number;
  readonly seed: number;
  /** Ids; all when empty. */
  readonly targets: readonly string[];
  readonly list: boolean;
  /** Only this input, to see a finding again. */
  readonly iteration?: number;
  /** Only the content of this file. */
  readonly inputFile?: string;
}

export const usage = `npm run fuzz -- [--seconds N] [--seed N] [--target NAME]... [--list]
npm run fuzz -- --target NAME --seed N --iteration N     one input again
npm run fuzz -- --target NAME --input FILE               one file as the input`;

/** Throws with words for the user. */
export function parseOptions(argv: readonly string[], randomSeed: number): FuzzOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string' },
      target: { type: 'string', multiple: true, default: [] },
      list: { type: 'boolean', default: false },
      iteration: { type: 'string' },
      input: { type: 'string' },
    },
  });
  const { iteration, input } = values;
  if ((iteration !== undefined || input !== undefined) && values.target.length !== 1)
    throw new Error('--iteration and --input want exactly one --target');
  return {
    seconds: number('--seconds', values.seconds),
    seed: values.seed === undefined ? randomSeed : number('--seed', values.seed),
    targets: values.target,
    list: values.list,
    ...(iteration === undefined ? {} : { iteration: number('--iteration', iteration) }),
    ...(input === undefined ? {} : { inputFile: input }),
  };
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isSafeInteger(value) || value < 0) throw new Error(`${name} wants a whole number`);
  return value;
}
