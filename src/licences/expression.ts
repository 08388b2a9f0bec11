import { spdxExceptionIds, spdxLicenceIds } from './spdx-list.ts';

/**
 * What a record says about a licence, told apart as SBOM formats want it. Words that are not a valid SPDX expression are never
 * turned into one: a guess would be read as a statement by the packager.
 */
export type Licence =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'expression'; readonly expression: string }
  | { readonly kind: 'words'; readonly words: string };

const maxExpressionCharacters = 4_000;

export function classifyLicence(text: string): Licence {
  const words = text.trim();
  const id = licenceIds.get(words.toLowerCase());
  if (id !== undefined) return { kind: 'id', id };
  const expression = words.length <= maxExpressionCharacters ? canonicalExpression(words) : undefined;
  return expression === undefined ? { kind: 'words', words } : { kind: 'expression', expression };
}

const licenceIds = new Map(spdxLicenceIds.map((id) => [id.toLowerCase(), id]));
const exceptionIds = new Map(spdxExceptionIds.map((id) => [id.toLowerCase(), id]));

/**
 * The expression with ids and operators as the SPDX list writes them, or undefined when it is not valid.
 * Grammar: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
function canonicalExpression(text: string): string | undefined {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  const canonical: string[] = [];
  let depth = 0;
  let wants: 'operand' | 'operator' | 'exception' = 'operand';
  for (const token of tokens) {
    if (token === '(' && wants === 'operand') depth += 1;
    else if (token === ')' && wants === 'operator' && depth > 0) depth -= 1;
    else {
      const next = acceptToken(token, wants, canonical.at(-1));
      if (!next) return undefined;
      wants = next.wants;
      canonical.push(next.text);
      continue;
    }
    canonical.push(token);
  }
  if (depth !== 0 || wants !== 'operator') return undefined;
  return canonical.join(' ').replaceAll('( ', '(').replaceAll(' )', ')');
}

type Accepted = { readonly text: string; readonly wants: 'operand' | 'operator' | 'exception' };

function acceptToken(token: string, wants: Accepted['wants'], before: string | undefined): Accepted | undefined {
  if (wants === 'operand') return accept(operand(token), 'operator');
  if (wants === 'exception') return accept(exceptionIds.get(token.toLowerCase()), 'operator');
  const operator = token.toUpperCase();
  if (operator === 'AND' || operator === 'OR') return { text: operator, wants: 'operand' };
  if (operator !== 'WITH' || before === undefined || before === ')' || exceptionIds.has(before.toLowerCase()))
    return undefined;
  return { text: 'WITH', wants: 'exception' };
}

function accept(text: string | undefined, wants: Accepted['wants']): Accepted | undefined {
  return text === undefined ? undefined : { text, wants };
}

function operand(token: string): string | undefined {
  const listed = licenceIds.get(token.toLowerCase());
  if (listed !== undefined) return listed;
  return token.endsWith('+') ? orLater(token.slice(0, -1)) : undefined;
}

function orLater(token: string): string | undefined {
  const listed = licenceIds.get(token.toLowerCase());
  return listed === undefined ? undefined : `${listed}+`;
}

/** Everything that must hold together, as one expression. Parts that contain OR are put in parentheses. */
export function joinExpressions(expressions: readonly string[]): string {
  if (expressions.length === 1) return expressions[0] ?? '';
  return expressions.map((one) => (/ OR /.test(one) ? `(${one})` : one)).join(' AND ');
}
