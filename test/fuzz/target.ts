/** What a parser's input looks like, so that changes hit its structure and not only its bytes. */
export type InputForm = 'little-endian' | 'big-endian' | 'text' | 'json';

/**
 * One parser that reads what strangers wrote, with seeds to start from and the rules that must hold for every input.
 *
 * @example
 * export const reference: FuzzTarget = {
 *   id: 'image-reference', title: 'Image references', form: 'text',
 *   seeds: () => [Buffer.from('docker.io/library/debian:12')],
 *   run(bytes) { …throws when a rule is broken… },
 * };
 */
export interface FuzzTarget {
  /** Kebab-case; part of commands. */
  readonly id: string;
  readonly title: string;
  readonly form: InputForm;
  /** Small inputs, whole and of every kind that the parser knows. Made by code; the same in every run. */
  seeds(): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  /**
   * Reads one input and throws when a rule is broken: an exception that the parser does not declare, a result of the wrong
   * shape, a rejected input without a word about it. Leaves nothing behind.
   */
  run(bytes: Uint8Array): void | Promise<void>;
  /** Makes checksums right again after a change, so that it reaches what lies behind them. Applied to most inputs. */
  repair?(bytes: Buffer): Buffer;
  /** Processor time that one input may take, milliseconds. */
  readonly maxMs?: number;
  /** Inputs are not made longer than this, bytes. */
  readonly maxBytes?: number;
  /** Inputs in the test suite, where one takes long. */
  readonly testIterations?: number;
}

export const defaultMaxMs = 1000;
export const defaultMaxBytes = 256 * 1024;
