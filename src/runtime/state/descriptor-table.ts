import type { Descriptor } from '../descriptor.ts';

/** A descriptor with what the table itself has to know. */
export interface OpenDescriptor extends Descriptor {
  readonly closeOnExec: boolean;
}

const MAX_DESCRIPTORS = 4096;

/** The descriptors of a process. A child shares its parent's table until one of them changes its own. */
export class DescriptorTable {
  /** Entries that gave way to newer ones, of all tables. */
  static evicted = 0;
  #open: Map<number, OpenDescriptor>;
  #isShared = false;

  constructor(open = new Map<number, OpenDescriptor>()) {
    this.#open = open;
  }

  fork(): DescriptorTable {
    this.#isShared = true;
    const child = new DescriptorTable(this.#open);
    child.#isShared = true;
    return child;
  }

  get(number: number): OpenDescriptor | undefined {
    return this.#open.get(number);
  }

  set(descriptor: OpenDescriptor): void {
    if (this.#open.get(descriptor.number) === descriptor) return;
    this.#own();
    if (this.#open.size >= MAX_DESCRIPTORS && !this.#open.has(descriptor.number)) this.#evictOldest();
    this.#open.set(descriptor.number, descriptor);
  }

  delete(number: number): void {
    if (!this.#open.has(number)) return;
    this.#own();
    this.#open.delete(number);
  }

  values(): Iterable<OpenDescriptor> {
    return this.#open.values();
  }

  closeOnExec(): void {
    for (const descriptor of this.#open.values()) if (descriptor.closeOnExec) this.delete(descriptor.number);
  }

  #own(): void {
    if (!this.#isShared) return;
    this.#open = new Map(this.#open);
    this.#isShared = false;
  }

  #evictOldest(): void {
    for (const number of this.#open.keys()) {
      this.#open.delete(number);
      DescriptorTable.evicted++;
      return;
    }
  }
}
