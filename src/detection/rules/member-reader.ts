import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { suggestion } from '#foundation/index.ts';
import type { RuleFault, RuleFaultCode } from './fault.ts';
import { membersOf, offsetOf, type RuleFile, writtenText } from './file.ts';
import { MappedText } from './mapped-text.ts';
import { type Priority, parsePriority, priorities } from './priority.ts';

/** An item that cannot be used. What is wrong with it was told. */
export class ItemFault extends Error {
  readonly fault: RuleFault;

  constructor(fault: RuleFault) {
    super(fault.message);
    this.fault = fault;
  }
}

const TRUE = new Set(['true', 'yes', 'on', 'y']);
const FALSE = new Set(['false', 'no', 'off', 'n']);

/** Reads the members of one item. The first that is wrong ends it by an `ItemFault`, as Falco does; warnings are kept. */
export class MemberReader {
  readonly file: RuleFile;
  readonly offset: number;
  readonly warnings: RuleFault[] = [];
  /** `rule "x"`, once the name is known. */
  about = '';
  readonly #members: ReturnType<typeof membersOf>;

  constructor(file: RuleFile, node: unknown) {
    this.file = file;
    this.offset = offsetOf(node);
    this.#members = membersOf(node);
  }

  has(key: string): boolean {
    return this.#members.has(key);
  }

  value(key: string): unknown {
    return this.#members.get(key)?.value;
  }

  /** Where the value of a member stands, or the item when there is none. */
  at(key: string): number {
    const member = this.#members.get(key);
    return member === undefined ? this.offset : offsetOf(member.value) || offsetOf(member.key);
  }

  text(key: string): string {
    const text = this.optionalText(key);
    if (text === undefined) throw this.fault('item-invalid', `there is no ${key}`, this.offset);
    return text;
  }

  optionalText(key: string): string | undefined {
    if (!this.#members.has(key)) return undefined;
    const value = this.value(key);
    if (!isScalar(value)) throw this.fault('item-invalid', `${key} is a text`, this.at(key));
    const text = writtenText(value);
    if (text === undefined || text === '') throw this.fault('item-invalid', `${key} is empty`, this.at(key));
    return text;
  }

  mapped(key: string): MappedText {
    const text = this.text(key);
    return MappedText.written(this.file, this.value(key), text);
  }

  truth(key: string, otherwise: boolean): boolean {
    const text = this.optionalText(key)?.toLowerCase();
    if (text === undefined) return otherwise;
    if (TRUE.has(text) || FALSE.has(text)) return TRUE.has(text);
    throw this.fault('item-invalid', `${key} is true or false`, this.at(key));
  }

  count(key: string, otherwise: number): number {
    const text = this.optionalText(key);
    if (text === undefined) return otherwise;
    if (!/^\d{1,9}$/.test(text)) throw this.fault('item-invalid', `${key} is a number`, this.at(key));
    return Number(text);
  }

  texts(key: string): string[] | undefined {
    if (!this.#members.has(key)) return undefined;
    const value = this.value(key);
    if (!isSeq(value)) throw this.fault('item-invalid', `${key} is a list`, this.at(key));
    return value.items.map((item) => {
      if (!isScalar(item)) throw this.fault('item-invalid', `${key} is a list of texts`, offsetOf(item));
      return writtenText(item) ?? '';
    });
  }

  priority(): Priority {
    const text = this.text('priority');
    const priority = parsePriority(text);
    if (priority !== undefined) return priority;
    throw this.fault(
      'item-invalid',
      `there is no priority ${JSON.stringify(text)}; there are ${priorities.join(', ')}`,
      this.at('priority'),
    );
  }

  node(key: string): Node | undefined {
    const value = this.value(key);
    return isMap(value) ? value : undefined;
  }

  warnUnknown(known: readonly string[]): void {
    for (const [name, { key }] of this.#members) {
      if (known.includes(name)) continue;
      this.warn(
        'key-unknown',
        `the key ${JSON.stringify(name)} is not known and not read${suggestion(name, known)}`,
        offsetOf(key),
      );
    }
  }

  warn(code: RuleFaultCode, message: string, offset = this.offset): void {
    this.warnings.push(this.file.fault('warning', code, message, offset, this.about));
  }

  fault(code: RuleFaultCode, message: string, offset = this.offset): ItemFault {
    return new ItemFault(this.file.fault('error', code, message, offset, this.about));
  }
}
