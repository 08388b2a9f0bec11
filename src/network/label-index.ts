import { entriesOf } from '#foundation/documents/index.ts';

/** Finds what asks for labels by the labels that are there, without going through all of it. What it finds is to be asked itself. */
export class LabelIndex<Item> {
  readonly #byLabel = new Map<string, Item[]>();
  /** Those that ask for no label of one value. */
  readonly #others: Item[] = [];

  /** @param wanted labels that the item asks for, all of them */
  add(item: Item, wanted: unknown): void {
    const [first] = entriesOf(wanted);
    if (first === undefined) {
      this.#others.push(item);
      return;
    }
    const key = keyOf(first);
    const same = this.#byLabel.get(key);
    if (same) same.push(item);
    else this.#byLabel.set(key, [item]);
  }

  candidates(labels: unknown): readonly Item[] {
    return [...this.#others, ...entriesOf(labels).flatMap((label) => this.#byLabel.get(keyOf(label)) ?? [])];
  }
}

function keyOf([name, value]: readonly [name: string, value: unknown]): string {
  return `${name}\n${String(value)}`;
}
