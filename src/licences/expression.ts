import { spdxExceptionIds, spdxLicenceIds } from './spdx-list.ts';

/**
 * What a record says about a licence, told apart as SBOM formats want it. Words that are not a valid SPDX expression are never
 * turned into one here: a guess would be read as a statement by the packager. `normaliseLicence` knows what common words mean.
 */
export type Licence =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'expression'; readonly expression: string }
  | { readonly kind: 'words'; readonly words: string };

/** An SPDX expression, parsed. */
export type LicenceTree =
  /** `id` as the list writes it, without the `+`; or a `LicenseRef-` of some document. */
  | { readonly kind: 'licence'; readonly id: string; readonly orLater: boolean; readonly exception?: string }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly LicenceTree[] };

const MAX_EXPRESSION_CHARACTERS = 4_000;
const MAX_DEPTH = 50;

export function classifyLicence(text: string): Licence {
  const words = text.trim();
  const id = licenceIds.get(words.toLowerCase());
  if (id !== undefined) return { kind: 'id', id };
  const expression = canonicalExpression(words);
  return expression === undefined ? { kind: 'words', words } : { kind: 'expression', expression };
}

const licenceIds = new Map(spdxLicenceIds.map((id) => [id.toLowerCase(), id]));
const exceptionIds = new Map(spdxExceptionIds.map((id) => [id.toLowerCase(), id]));

/** The id as the SPDX list writes it. */
export function licenceId(text: string): string | undefined {
  return licenceIds.get(text.toLowerCase());
}

export function exceptionId(text: string): string | undefined {
  return exceptionIds.get(text.toLowerCase());
}

/** The expression with ids and operators as the SPDX list writes them, or undefined when it is not valid. */
function canonicalExpression(text: string): string | undefined {
  if (text.length > MAX_EXPRESSION_CHARACTERS || parseExpression(text) === undefined) return undefined;
  const canonical = tokensOf(text).map((token) => canonicalToken(token));
  return canonical.join(' ').replaceAll('( ', '(').replaceAll(' )', ')');
}

function canonicalToken(token: string): string {
  const operator = token.toUpperCase();
  if (operator === 'AND' || operator === 'OR' || operator === 'WITH') return operator;
  const plain = token.endsWith('+') && licenceId(token) === undefined ? token.slice(0, -1) : token;
  const listed = licenceId(plain) ?? exceptionId(plain) ?? plain;
  return plain === token ? listed : `${listed}+`;
}

/**
 * Parses an SPDX expression; `undefined` when it is not valid or names what is on no list. `AND` binds closer than `OR`.
 * Grammar: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
export function parseExpression(
  text: string,
  options: { readonly references?: boolean } = {},
): LicenceTree | undefined {
  if (text.length > MAX_EXPRESSION_CHARACTERS) return undefined;
  const parser = new ExpressionParser(tokensOf(text), options.references === true);
  return parser.parse();
}

function tokensOf(text: string): string[] {
  return text.match(/[()]|[^\s()]+/g) ?? [];
}

class ExpressionParser {
  readonly #tokens: readonly string[];
  readonly #references: boolean;
  #at = 0;

  constructor(tokens: readonly string[], references: boolean) {
    this.#tokens = tokens;
    this.#references = references;
  }

  parse(): LicenceTree | undefined {
    const tree = this.#alternatives(0);
    return this.#at === this.#tokens.length ? tree : undefined;
  }

  #alternatives(depth: number): LicenceTree | undefined {
    return this.#list('or', () => this.#list('and', () => this.#operand(depth)));
  }

  #list(kind: 'and' | 'or', next: () => LicenceTree | undefined): LicenceTree | undefined {
    const parts: LicenceTree[] = [];
    do {
      const part = next();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (this.#takes(kind));
    const [only] = parts;
    return parts.length === 1 ? only : { kind, parts };
  }

  #takes(word: string): boolean {
    if (this.#tokens[this.#at]?.toLowerCase() !== word) return false;
    this.#at++;
    return true;
  }

  #operand(depth: number): LicenceTree | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (this.#takes('(')) {
      const inner = this.#alternatives(depth + 1);
      return this.#takes(')') ? inner : undefined;
    }
    const licence = this.#licence(this.#tokens[this.#at] ?? '');
    if (licence === undefined) return undefined;
    this.#at++;
    if (!this.#takes('with')) return licence;
    const exception = exceptionId(this.#tokens[this.#at++] ?? '');
    return exception === undefined ? undefined : { ...licence, exception };
  }

  #licence(token: string): (LicenceTree & { kind: 'licence' }) | undefined {
    if (this.#references && /^(?:DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+$/.test(token))
      return { kind: 'licence', id: token, orLater: false };
    const whole = licenceId(token);
    if (whole !== undefined && !whole.endsWith('+')) return { kind: 'licence', id: whole, orLater: false };
    const listed = token.endsWith('+') ? (licenceId(token.slice(0, -1)) ?? whole?.slice(0, -1)) : undefined;
    return listed === undefined ? undefined : { kind: 'licence', id: listed, orLater: true };
  }
}

/** Everything that must hold together, as one expression. Parts that contain OR are put in parentheses. */
export function joinExpressions(expressions: readonly string[]): string {
  if (expressions.length === 1) return expressions[0] ?? '';
  return expressions.map((one) => (/ OR /.test(one) ? `(${one})` : one)).join(' AND ');
}
