import { Cursor } from './cursor.ts';
import {
  type Check,
  type Expression,
  type FieldOperand,
  listOperators,
  type Modifier,
  modifiers,
  numberOperators,
  type Operand,
  type OperandList,
  type Operator,
  type Transformation,
  type Transformer,
  type TransformerInput,
  textOperators,
  transformers,
  type Value,
  type ValueList,
} from './tree.ts';

/** How deep conditions of rules may nest; each pair of brackets is several levels. */
const MAX_DEPTH = 1000;

/**
 * Parses a condition in Falco's language. The grammar is that of libs' `filter/parser.h`, with what its parser does beyond it: `exists` and
 * the list operators need no blank behind them, the others that are words do. Throws `ConditionFault`.
 */
export function parseCondition(text: string, maxDepth = MAX_DEPTH): Expression {
  return new ConditionParser(text, maxDepth).condition();
}

/** Parses what stands before an operator: a field or a transformation of fields, as outputs have it. */
export function parseOperand(text: string): Operand {
  return new ConditionParser(text, MAX_DEPTH).operandOnly();
}

const SYMBOLS = textOperators.filter((operator) => !/[a-z]/.test(operator));
const WORDS = textOperators.filter((operator) => /[a-z]/.test(operator));
const OPENINGS = transformers.map((name) => `${name}(` as const);

class ConditionParser {
  readonly #cursor: Cursor;
  readonly #maxDepth: number;
  #depth = 0;

  constructor(text: string, maxDepth: number) {
    this.#cursor = new Cursor(text);
    this.#maxDepth = maxDepth;
  }

  condition(): Expression {
    if (this.#cursor.text.length === 0) throw this.#cursor.fault('the condition is empty');
    const expression = this.#or();
    if (this.#cursor.at !== this.#cursor.text.length)
      throw this.#cursor.fault(`expected "and" or "or" after "${this.#cursor.token}"`);
    return expression;
  }

  operandOnly(): Operand {
    const operand = this.#operand();
    if (operand === undefined) throw this.#cursor.fault('expected a field or a transformer');
    if (this.#cursor.at !== this.#cursor.text.length)
      throw this.#cursor.fault(`unexpected text after "${this.#cursor.token}"`);
    return operand;
  }

  #or(): Expression {
    return this.#joined('or', () => this.#and());
  }

  #and(): Expression {
    return this.#joined('and', () => this.#not());
  }

  #joined(word: 'and' | 'or', part: () => Expression): Expression {
    return this.#nested(() => {
      const cursor = this.#cursor;
      const { at } = cursor;
      cursor.skipBlanks();
      const parts = [part()];
      cursor.skipBlanks();
      while (cursor.takes(word)) {
        if (cursor.skipBlanks()) parts.push(part());
        else if (cursor.takes('(')) parts.push(this.#enclosed());
        else throw cursor.fault(`expected a blank or "(" after "${word}"`);
        cursor.skipBlanks();
      }
      const [only] = parts;
      return parts.length === 1 && only !== undefined ? only : { kind: word, parts, at };
    });
  }

  #not(): Expression {
    return this.#nested(() => {
      const cursor = this.#cursor;
      const { at } = cursor;
      let isNegated = false;
      cursor.skipBlanks();
      while (cursor.matches(/not\s+/y)) isNegated = !isNegated;
      const isCall = cursor.takes('not(');
      const part = isCall ? this.#enclosed() : this.#primary();
      if (isNegated === isCall) return part;
      return part.kind === 'not' ? part.part : { kind: 'not', part, at };
    });
  }

  /** Behind the opening bracket. */
  #enclosed(): Expression {
    return this.#nested(() => {
      this.#cursor.skipBlanks();
      const expression = this.#or();
      this.#cursor.skipBlanks();
      if (!this.#cursor.takes(')')) throw this.#cursor.fault('expected a ")"');
      return expression;
    });
  }

  #primary(): Expression {
    return this.#nested(() => {
      const cursor = this.#cursor;
      cursor.skipBlanks();
      const { at } = cursor;
      if (cursor.takes('(')) return this.#enclosed();
      const left = this.#operand();
      if (left !== undefined) return this.#check(left, at);
      if (cursor.identifier()) return { kind: 'macro', name: cursor.token, at };
      throw cursor.fault('expected a "(", a check of a field, or the name of a macro');
    });
  }

  /** A field or a transformation, when one stands here. */
  #operand(): Operand | undefined {
    const { at } = this.#cursor;
    if (this.#cursor.fieldName()) return this.#field(at);
    const opening = this.#cursor.takesOne(OPENINGS);
    return opening === undefined ? undefined : this.#transformation(nameOf(opening), at);
  }

  #field(at: number): FieldOperand {
    return { kind: 'field', name: this.#cursor.token, argument: this.#argument(), at };
  }

  #argument(): string | undefined {
    const cursor = this.#cursor;
    if (!cursor.takes('[')) return undefined;
    if (!cursor.quotedText() && !cursor.fieldArgument())
      throw cursor.fault('expected an argument, quoted or without blanks');
    const argument = cursor.token;
    if (!cursor.takes(']')) throw cursor.fault('expected a "]"');
    return argument;
  }

  /** Behind `name(`. */
  #transformation(name: Transformer, at: number): Transformation {
    return this.#nested(() => {
      const cursor = this.#cursor;
      const inputs: TransformerInput[] = [];
      do {
        cursor.skipBlanks();
        inputs.push(this.#input());
        cursor.skipBlanks();
      } while (cursor.takes(','));
      if (!cursor.takes(')')) throw cursor.fault('expected a ")" that closes the transformer');
      return { kind: 'transformation', name, inputs, argument: this.#argument(), at };
    });
  }

  #input(): TransformerInput {
    const { at } = this.#cursor;
    const constant = this.#constant();
    if (constant !== undefined) return constant;
    if (this.#cursor.takes('(')) return this.#operands(at);
    const operand = this.#operand();
    if (operand !== undefined) return operand;
    throw this.#cursor.fault('expected a field, a transformer, a quoted text, a number or a list of these');
  }

  #constant(): Value | undefined {
    const { at } = this.#cursor;
    return this.#cursor.number() || this.#cursor.quotedText()
      ? { kind: 'value', text: this.#cursor.token, at }
      : undefined;
  }

  /** Behind the opening bracket of what `join` and `concat` take. */
  #operands(at: number): OperandList {
    const cursor = this.#cursor;
    const items: (Operand | Value)[] = [];
    cursor.skipBlanks();
    if (cursor.takes(')')) return { kind: 'operands', items, at };
    do {
      cursor.skipBlanks();
      const item = this.#operand() ?? this.#constant();
      if (item === undefined) throw cursor.fault('expected a field, a transformer, a quoted text or a number');
      items.push(item);
      cursor.skipBlanks();
    } while (cursor.takes(','));
    if (!cursor.takes(')')) throw cursor.fault('expected a ")"');
    return { kind: 'operands', items, at };
  }

  #check(left: Operand, at: number): Check {
    return this.#nested(() => {
      const cursor = this.#cursor;
      cursor.skipBlanks();
      const check = (operator: Operator, right?: Check['right'], modifier?: Modifier): Check => {
        return { kind: 'check', left, operator, modifier, right, at };
      };
      if (cursor.takes('exists')) return check('exists');
      const comparison = cursor.takesOne(numberOperators);
      if (comparison !== undefined) return check(comparison, this.#rightNumber());
      const symbol = cursor.takesOne(SYMBOLS);
      const text = symbol ?? cursor.takesOneWithBlank(WORDS);
      if (text !== undefined) {
        const hasBlank = symbol === undefined || cursor.skipBlanks();
        const modifier = hasBlank ? this.#modifier() : undefined;
        return modifier ? check(text, this.#values(), modifier) : check(text, this.#rightText());
      }
      const list = cursor.takesOne(listOperators);
      if (list !== undefined) return check(list, this.#rightList());
      throw cursor.fault(`expected an operator: one of ${OPERATOR_NAMES}`);
    });
  }

  /** `oneof` before a list is a modifier; before anything else it is a value. */
  #modifier(): Modifier | undefined {
    const { at, token } = this.#cursor;
    const modifier = this.#cursor.takesOneWithBlank(modifiers);
    if (modifier !== undefined && this.#listFollows()) return modifier;
    this.#cursor.at = at;
    this.#cursor.token = token;
    return undefined;
  }

  #listFollows(): boolean {
    const rest = this.#cursor.text.slice(this.#cursor.at, this.#cursor.at + 4);
    if (rest.startsWith('(')) return true;
    return /^[a-zA-Z]/.test(rest) && !/^(?:and|or|not)(?![a-zA-Z0-9])/.test(rest);
  }

  #rightNumber(): Operand | Value {
    const { cursor, at, operand } = this.#rightStart();
    if (operand !== undefined) return operand;
    if (cursor.number()) return { kind: 'value', text: cursor.token, at };
    throw cursor.fault(`expected a number or a field in a transformer: one of ${TRANSFORMER_NAMES}`);
  }

  #rightText(): Operand | Value {
    const { cursor, at, operand } = this.#rightStart();
    if (operand !== undefined) return operand;
    if (cursor.quotedText() || cursor.bareText()) return { kind: 'value', text: cursor.token, at };
    throw cursor.fault(`expected a text or a field in a transformer: one of ${TRANSFORMER_NAMES}`);
  }

  #rightList(): Operand | Value | ValueList {
    this.#cursor.skipBlanks();
    if (this.#cursor.text[this.#cursor.at] === '(') return this.#values();
    const { cursor, at, operand } = this.#rightStart();
    if (operand !== undefined) return operand;
    if (cursor.identifier()) return { kind: 'value', text: cursor.token, at };
    throw cursor.fault(`expected a list, a name or a field in a transformer: one of ${TRANSFORMER_NAMES}`);
  }

  #rightStart(): { cursor: Cursor; at: number; operand: Operand | undefined } {
    this.#cursor.skipBlanks();
    const { at } = this.#cursor;
    return { cursor: this.#cursor, at, operand: this.#rightOperand() };
  }

  #rightOperand(): Operand | undefined {
    const cursor = this.#cursor;
    const { at } = cursor;
    const opening = cursor.takesOne(OPENINGS);
    if (opening !== undefined) return this.#transformation(nameOf(opening), at);
    if (!cursor.takes('val(')) return undefined;
    cursor.skipBlanks();
    const start = cursor.at;
    if (!cursor.fieldName()) throw cursor.fault('expected a field in val()');
    const field = this.#field(start);
    cursor.skipBlanks();
    if (!cursor.takes(')')) throw cursor.fault('expected a ")" that closes the transformer');
    return { kind: 'transformation', name: 'val', inputs: [field], argument: this.#argument(), at };
  }

  #values(): ValueList | Value {
    const cursor = this.#cursor;
    cursor.skipBlanks();
    const { at } = cursor;
    if (!cursor.takes('(')) {
      if (cursor.identifier()) return { kind: 'value', text: cursor.token, at };
      throw cursor.fault('expected a list or a name');
    }
    const texts: string[] = [];
    cursor.skipBlanks();
    if (cursor.quotedText() || cursor.bareText()) {
      texts.push(cursor.token);
      cursor.skipBlanks();
      while (cursor.takes(',')) {
        cursor.skipBlanks();
        if (!cursor.quotedText() && !cursor.bareText()) throw cursor.fault('expected a text');
        texts.push(cursor.token);
        cursor.skipBlanks();
      }
    }
    if (!cursor.takes(')')) throw cursor.fault('expected a ")"');
    return { kind: 'values', texts, at };
  }

  /** Conditions are parsed by recursion: depth is bounded, so that a hostile one cannot end on the stack. */
  #nested<T>(parse: () => T): T {
    if (++this.#depth >= this.#maxDepth) throw this.#cursor.fault(`is nested deeper than ${this.#maxDepth} levels`);
    const parsed = parse();
    this.#depth--;
    return parsed;
  }
}

const OPERATOR_NAMES = ['exists', ...numberOperators, ...textOperators, ...listOperators].join(', ');
const TRANSFORMER_NAMES = ['val', ...transformers].join(', ');

function nameOf(opening: (typeof OPENINGS)[number]): Transformer {
  return transformers.find((name) => opening === `${name}(`) ?? 'val';
}
