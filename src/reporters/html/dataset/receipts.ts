import type { PriorityReceipt } from '#vulnerability/index.ts';
import { dateWords } from '../../wording.ts';
import { Table } from './table.ts';
import { text } from './text.ts';

type Window = PriorityReceipt['window'];
type Fact = PriorityReceipt['facts'][number];
type Counterfactual = PriorityReceipt['counterfactuals'][number];

/** Receipts with what repeats in them written once: most questions have the same answer for thousands of findings. */
export class Receipts {
  readonly #windows: Table<Window>;
  readonly #facts = new Table<Fact>(({ id, value, source, date, effect }) =>
    [id, value, source, date, effect].join('\0'),
  );
  readonly #counterfactuals = new Table<Counterfactual>(({ change, window }) => `${change}\0${window.id}`);
  readonly #rows = new Table<unknown>((row) => JSON.stringify(row));

  /** `windows`: the soonest first, so that positions can be compared. */
  constructor(windows: readonly Window[]) {
    this.#windows = new Table(({ id }) => id);
    for (const one of windows) this.#windows.indexOf(one);
  }

  indexOf(receipt: PriorityReceipt): number {
    const { window, base, forensics, rank, steps, facts, counterfactuals, policy } = receipt;
    return this.#rows.indexOf({
      w: this.#windows.indexOf(window),
      base: this.#windows.indexOf(base),
      forensics: forensics || undefined,
      rank,
      steps:
        steps.length === 0 ? undefined : steps.map(({ direction, reason }) => text(`A step ${direction}: ${reason}`)),
      f: facts.map((fact) => this.#facts.indexOf(fact)),
      c: counterfactuals.map((one) => this.#counterfactuals.indexOf(one)),
      policy: text(policy),
    });
  }

  /** After the last receipt: the tables that `receipts` refers to. */
  tables(): Readonly<Record<string, readonly unknown[]>> {
    const counterfactuals = this.#counterfactuals.items.map(({ change, window }) => ({
      change: text(change),
      w: this.#windows.indexOf(window),
    }));
    return {
      receipts: this.#rows.items,
      facts: this.#facts.items.map(factRow),
      counterfactuals,
      windows: this.#windows.items.map(({ id, title }) => ({ id: text(id), title: text(title) })),
    };
  }
}

function factRow({ question, value, source, date, effect }: Fact): unknown {
  const said = [source, date === undefined ? undefined : dateWords(date)].filter((part) => part !== undefined);
  return {
    question: text(question),
    value: text(value),
    said: said.length === 0 ? undefined : text(said.join(', ')),
    effect: text(effect),
  };
}
