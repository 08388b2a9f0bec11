import { YamlFault } from './fault.ts';

const MAX_DEPTH = 200;

/** How deep a reader is; it descends by recursion, so that what is too deep would end on the program's stack. */
export class Depth {
  #depth = 0;

  enter(offset: number): void {
    if (++this.#depth > MAX_DEPTH) throw new YamlFault(`nested more than ${MAX_DEPTH} deep`, offset);
  }

  leave(): void {
    this.#depth--;
  }
}
