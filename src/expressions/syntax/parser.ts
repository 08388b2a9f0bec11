import { type Call, type Expression, type FieldItem, type ListItem, type MapItem, SyntaxFault } from './ast.ts';
import { expandGlobalMacro, expandMemberMacro } from './macros.ts';
import { type Token, tokenize } from './tokens.ts';

const MAX_SOURCE = 64 * 1024;
const MAX_NESTING = 200;
const MAX_NODES = 20_000;
const RESERVED: ReadonlySet<string> = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);
const WORDS: ReadonlyMap<string, null | boolean> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
] as [string, null | boolean][]);
const BINARY: readonly ReadonlySet<string>[] = [
  new Set(['<', '<=', '>', '>=', '==', '!=', 'in']),
  new Set(['+', '-']),
  new Set(['*', '/', '%']),
];

/** Reads an expression, macros replaced by what they stand for. Throws a SyntaxFault. */
export function parse(source: string): Expression {
  if (source.length > MAX_SOURCE) throw new SyntaxFault(`the expression is longer than ${MAX_SOURCE} characters`, 0);
  return new Parser(tokenize(source)).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #nodes = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#expression();
    if (this.#token.kind !== 'end') throw this.#unexpected('the end of the expression');
    return expression;
  }

  get #token(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: 0, end: 0 };
  }

  #made<T extends Expression>(node: T): T {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) throw new SyntaxFault(`the expression has more than ${MAX_NODES} parts`, node.at);
    return node;
  }

  #expression(): Expression {
    this.#depth += 1;
    if (this.#depth > MAX_NESTING) throw new SyntaxFault(`nested more than ${MAX_NESTING} deep`, this.#token.at);
    const test = this.#logic('||');
    const at = this.#token.at;
    const expression = this.#takes('?') ? this.#conditional(test, at) : test;
    this.#depth -= 1;
    return expression;
  }

  #conditional(test: Expression, at: number): Expression {
    const yes = this.#logic('||');
    this.#expects(':');
    return this.#made({ kind: 'conditional', at, test, yes, no: this.#expression() });
  }

  /** A chain of `||` of chains of `&&`. */
  #logic(sign: '||' | '&&'): Expression {
    const inner = (): Expression => (sign === '||' ? this.#logic('&&') : this.#binary(0));
    const first = inner();
    const at = this.#token.at;
    if (!this.#takes(sign)) return first;
    const operands = [first];
    do operands.push(inner());
    while (this.#takes(sign));
    return this.#made({ kind: sign === '||' ? 'or' : 'and', at, operands });
  }

  #binary(level: number): Expression {
    const signs = BINARY[level];
    if (signs === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#token.kind !== 'literal' && this.#token.kind !== 'quoted-name' && signs.has(this.#token.text)) {
      const { text, at } = this.#advance();
      const right = this.#binary(level + 1);
      const name = text === 'in' ? '@in' : `_${text}_`;
      left = this.#made({ kind: 'call', at, name, target: undefined, arguments: [left, right] });
    }
    return left;
  }

  #unary(): Expression {
    const { at, text, kind } = this.#token;
    if (kind !== 'sign' || (text !== '-' && text !== '!')) return this.#member();
    const folded = text === '-' ? this.#negativeNumber() : undefined;
    if (folded !== undefined) return this.#postfix(folded);
    const signs: Token[] = [];
    while (this.#token.kind === 'sign' && this.#token.text === text) {
      if (text === '-' && signs.length > 0 && this.#isNumber(this.#next + 1)) break;
      signs.push(this.#advance());
      if (signs.length > MAX_NESTING) throw new SyntaxFault(`nested more than ${MAX_NESTING} deep`, at);
    }
    const operand = this.#token.text === '-' ? this.#unary() : this.#member();
    // Two take each other back, whatever the operand is: the reference drops them in pairs.
    if (signs.length % 2 === 0) return operand;
    const name = text === '-' ? '-_' : '!_';
    return this.#made({ kind: 'call', at, name, target: undefined, arguments: [operand] });
  }

  /** One that takes a sign as part of itself, which those without sign do not. */
  #isNumber(index: number): boolean {
    const token = this.#tokens[index];
    return token?.kind === 'literal' && /^[0-9.].*[^uU]$|^[0-9]$/.test(token.text);
  }

  /** `-1` is a number, not a subtraction from nothing: only so the smallest integer can be written. */
  #negativeNumber(): Expression | undefined {
    const at = this.#token.at;
    const literal = this.#tokens[this.#next + 1];
    if (literal === undefined || !this.#isNumber(this.#next + 1)) return undefined;
    if (literal.value === undefined) {
      this.#next += 2;
      return this.#made({ kind: 'literal', at, value: -(2n ** 63n) });
    }
    if (typeof literal.value !== 'number' && typeof literal.value !== 'bigint') return undefined;
    this.#next += 2;
    return this.#made({
      kind: 'literal',
      at,
      value: typeof literal.value === 'number' ? 0 - literal.value : -literal.value,
    });
  }

  #member(): Expression {
    return this.#postfix(this.#primary());
  }

  #postfix(start: Expression): Expression {
    let expression = start;
    for (;;) {
      const { at, kind } = this.#token;
      if (kind !== 'sign') return expression;
      if (this.#takes('.')) expression = this.#selected(expression, at);
      else if (this.#takes('[')) expression = this.#indexed(expression, at);
      else if (this.#token.text === '{' && isTypeName(expression)) expression = this.#message(expression);
      else return expression;
    }
  }

  #selected(of: Expression, at: number): Expression {
    const isOptional = this.#takes('?');
    const token = this.#advance();
    const isName = token.kind === 'name' || token.kind === 'quoted-name';
    if (!isName || (token.kind === 'name' && (WORDS.has(token.text) || token.text === 'in')))
      throw new SyntaxFault(`a field's name is missing before ${show(token)}`, token.at);
    const isCall = !isOptional && token.kind === 'name' && this.#takes('(');
    if (!isCall) return this.#made({ kind: 'select', at, of, field: token.text, isTest: false, isOptional });
    const call: Call = { kind: 'call', at: token.at, name: token.text, target: of, arguments: this.#arguments() };
    return this.#made(expandMemberMacro(call, of) ?? call);
  }

  #indexed(of: Expression, at: number): Expression {
    const isOptional = this.#takes('?');
    const index = this.#expression();
    this.#expects(']');
    return this.#made({ kind: 'index', at, of, index, isOptional });
  }

  #arguments(): Expression[] {
    const list: Expression[] = [];
    if (this.#takes(')')) return list;
    do list.push(this.#expression());
    while (this.#takes(','));
    this.#expects(')');
    return list;
  }

  #primary(): Expression {
    const token = this.#advance();
    if (token.kind === 'literal') return this.#literal(token);
    if (token.kind === 'name') return this.#name(token, false);
    if (token.kind === 'quoted-name')
      throw new SyntaxFault('a name in backquotes can only be a field: object.`a-b`', token.at);
    switch (token.text) {
      case '(': {
        const inner = this.#expression();
        this.#expects(')');
        return inner;
      }
      case '[':
        return this.#list(token.at);
      case '{':
        return this.#map(token.at);
      case '.':
        return this.#name(this.#advance(), true);
      default:
        this.#next -= 1;
        throw this.#unexpected('a value');
    }
  }

  #literal({ value, text, at }: Token): Expression {
    if (value === undefined) throw new SyntaxFault(`${text} is too large for 64 bits`, at);
    return this.#made({ kind: 'literal', at, value });
  }

  #name(token: Token, isRooted: boolean): Expression {
    const { text, at, kind } = token;
    const word = WORDS.get(text);
    if (word !== undefined && !isRooted) return this.#made({ kind: 'literal', at, value: word });
    if (kind !== 'name' || text === 'in' || word !== undefined)
      throw new SyntaxFault(`a value is missing before ${show(token)}`, at);
    if (RESERVED.has(text)) throw new SyntaxFault(`${text} is a reserved word; choose another name`, at);
    if (!this.#takes('(')) return this.#made({ kind: 'name', at, name: text, isRooted });
    const call: Call = { kind: 'call', at, name: text, target: undefined, arguments: this.#arguments() };
    return this.#made(expandGlobalMacro(call) ?? call);
  }

  #list(at: number): Expression {
    const items: ListItem[] = [];
    while (!this.#takes(']')) {
      const isOptional = this.#takes('?');
      items.push({ value: this.#expression(), isOptional });
      if (this.#takes(',')) continue;
      this.#expects(']');
      break;
    }
    return this.#made({ kind: 'list', at, items });
  }

  #map(at: number): Expression {
    const entries: MapItem[] = [];
    while (!this.#takes('}')) {
      const isOptional = this.#takes('?');
      const key = this.#expression();
      this.#expects(':');
      entries.push({ key, value: this.#expression(), isOptional });
      if (this.#takes(',')) continue;
      this.#expects('}');
      break;
    }
    return this.#made({ kind: 'map', at, entries });
  }

  #message(type: Expression): Expression {
    const { at } = this.#advance();
    const fields: FieldItem[] = [];
    while (!this.#takes('}')) {
      const isOptional = this.#takes('?');
      const field = this.#advance();
      if (field.kind !== 'name' && field.kind !== 'quoted-name')
        throw new SyntaxFault("a field's name is missing", field.at);
      this.#expects(':');
      fields.push({ field: field.text, value: this.#expression(), isOptional });
      if (this.#takes(',')) continue;
      this.#expects('}');
      break;
    }
    return this.#made({ kind: 'message', at, name: dottedName(type) ?? '', fields });
  }

  #advance(): Token {
    const token = this.#token;
    this.#next += 1;
    return token;
  }

  #takes(sign: string): boolean {
    const { kind, text } = this.#token;
    if (kind !== 'sign' || text !== sign) return false;
    this.#next += 1;
    return true;
  }

  #expects(sign: string): void {
    if (!this.#takes(sign)) throw this.#unexpected(sign);
  }

  #unexpected(wanted: string): SyntaxFault {
    return new SyntaxFault(`${wanted} is missing before ${show(this.#token)}`, this.#token.at);
  }
}

function show({ kind, text }: Token): string {
  return kind === 'end' ? 'the end' : text.slice(0, 30);
}

function isTypeName(expression: Expression): boolean {
  return dottedName(expression) !== undefined;
}

/** `a.b.c` as one name, with a dot in front when it is rooted; undefined for anything else. */
export function dottedName(expression: Expression): string | undefined {
  const parts: string[] = [];
  let one = expression;
  while (one.kind === 'select' && !one.isTest && !one.isOptional) {
    parts.push(one.field);
    one = one.of;
  }
  if (one.kind !== 'name') return undefined;
  parts.push(one.isRooted ? `.${one.name}` : one.name);
  return parts.reverse().join('.');
}
