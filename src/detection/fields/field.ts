/** What the values of a field are: what a condition may compare them with and how. */
export type FieldType =
  | 'text'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'time'
  | 'duration'
  | 'address'
  | 'network'
  | 'bytes';

export type FieldValue = string | number | boolean | Uint8Array | readonly string[];

/** Reads the value of a field; `undefined` when there is none, and no comparison with it is then true. */
export type Read<E> = (event: E) => FieldValue | undefined;

/** A field with its argument, ready to be read. */
export interface BoundField<E> {
  readonly read: Read<E>;
  /**
   * For fields that stand for several values at once (both ends of a connection, all ancestors): whether the test holds for one of them.
   * Not for all fields, and never allocating.
   */
  readonly some?: (event: E, test: (value: FieldValue) => boolean) => boolean;
  /** The parts of a text that was put together of them, for `getopt`. */
  readonly items?: (event: E) => readonly string[];
}

/** A field that conditions and outputs may name. */
export interface Field<E> {
  readonly name: string;
  readonly type: FieldType;
  /** One line: what it is of, and in which form. */
  readonly description: string;
  /** Its values are lists of texts. */
  readonly list?: true;
  readonly argument?: 'optional' | 'required';
  /** What to use in its place. */
  readonly deprecated?: string;
  /** It can only be compared, as it stands for several values: neither put out, transformed nor compared with. */
  readonly comparedOnly?: true;
  /** It can be put out, but neither transformed nor compared with. */
  readonly plain?: true;
  /** For `!=`: true only when none of several values is equal. */
  readonly differs?: 'all';
  /** Sensors of ours never have a value for it: it is there so that rules that name it load. */
  readonly unseen?: true;
  /** Binds the argument, or says what is wrong with it. */
  readonly bind: (argument: string | undefined) => BoundField<E> | string;
}

interface Options<E> extends Partial<Omit<Field<E>, 'name' | 'type' | 'description' | 'bind'>> {
  readonly some?: (event: E, test: (value: FieldValue) => boolean) => boolean;
}

/** A field without an argument. */
export function field<E>(
  name: string,
  type: FieldType,
  description: string,
  read: Read<E>,
  { some, ...options }: Options<E> = {},
): Field<E> {
  const bound: BoundField<E> = some === undefined ? { read } : { read, some };
  return { name, type, description, ...options, bind: () => bound };
}

/** A field that is there so that rules load, and never has a value. */
export function unseenField<E>(name: string, type: FieldType, description: string, options: Options<E> = {}): Field<E> {
  return { ...field<E>(name, type, description, () => undefined, options), unseen: true };
}

/** Fields by name, with those whose names go on behind them: `container.label.app` is `container.label[app]`. */
export class FieldCatalog<E> {
  readonly source: string;
  readonly fields: readonly Field<E>[];
  readonly #byName: ReadonlyMap<string, Field<E>>;

  constructor(source: string, fields: readonly Field<E>[]) {
    this.source = source;
    this.fields = fields;
    this.#byName = new Map(fields.map((one) => [one.name, one]));
  }

  get(name: string): Field<E> | undefined {
    return this.#byName.get(name);
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** A field with its argument; or what is wrong. */
  bind(
    name: string,
    argument: string | undefined,
  ): { field: Field<E>; bound: BoundField<E> } | { fault: string; unknown: boolean } {
    const found = this.#byName.get(name) ?? this.#dotted(name, argument);
    if (found === undefined) return { fault: `there is no field ${name}`, unknown: true };
    const known = 'field' in found ? found : { field: found, argument };
    if (known.argument !== undefined && known.field.argument === undefined)
      return { fault: `${name} takes no argument`, unknown: true };
    if (known.argument === undefined && known.field.argument === 'required')
      return { fault: `${name} needs an argument: ${name}[...]`, unknown: true };
    const bound = known.field.bind(known.argument);
    return typeof bound === 'string' ? { fault: `${name}: ${bound}`, unknown: true } : { field: known.field, bound };
  }

  #dotted(name: string, argument: string | undefined): { field: Field<E>; argument: string } | undefined {
    if (argument !== undefined) return undefined;
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      const one = this.#byName.get(name.slice(0, dot));
      if (one?.argument !== undefined) return { field: one, argument: name.slice(dot + 1) };
    }
    return undefined;
  }
}

/** The argument of a field that takes a number. */
export function parseIndex(argument: string, max = 1000): number | string {
  if (!/^\d{1,4}$/.test(argument) || Number(argument) > max)
    return `${JSON.stringify(argument)} is no number from 0 to ${max}`;
  return Number(argument);
}
