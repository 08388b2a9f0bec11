import { mutate } from '../mutation/mutate.ts';
import { Random } from '../mutation/random.ts';
import type { FuzzTarget } from '../target.ts';

/** Makes the input of any iteration, of that one alone: what was found can be made again without what came before. */
export type InputMaker = (iteration: number) => Buffer;

/** The seeds themselves come first: a target that breaks its own rules on a whole input is broken. */
export async function inputMaker(target: FuzzTarget, seed: number): Promise<InputMaker> {
  const seeds = await target.seeds();
  if (seeds.length === 0) throw new Error(`${target.id} has no seeds`);
  return (iteration) => {
    const whole = seeds[iteration];
    return whole === undefined ? mutate(target, seeds, new Random(target.id, seed, iteration)) : Buffer.from(whole);
  };
}
