/** Settings of apt.conf(5): lower-case full names (`acquire::http::proxy`), the last value given to each. */
export type AptSettings = Map<string, string>;

const MAX_DEPTH = 32;

/**
 * Reads one file of apt.conf(5) into `settings`, over what earlier files said. Lists keep their last element only, and
 * `#include` is not followed: the settings that matter here are neither.
 */
export function parseAptConf(text: string, settings: AptSettings): void {
  const scopes: string[] = [];
  let name = '';
  let value: string | undefined;
  for (const token of tokens(text)) {
    if (token.kind === 'text') {
      if (token.quoted || name !== '') value = token.text;
      else name = token.text;
    } else if (token.kind === '{') {
      if (scopes.length < MAX_DEPTH) scopes.push(name);
      name = '';
      value = undefined;
    } else {
      apply(settings, scopes, name, value);
      if (token.kind === '}') scopes.pop();
      name = '';
      value = undefined;
    }
  }
}

function apply(settings: AptSettings, scopes: readonly string[], name: string, value: string | undefined): void {
  const full = [...scopes, name]
    .filter((part) => part !== '')
    .join('::')
    .toLowerCase();
  if (name.startsWith('#clear')) {
    if (value !== undefined) settings.delete(value.toLowerCase());
  } else if (full !== '' && value !== undefined) {
    settings.set(full, value);
  }
}

type Token =
  | { readonly kind: '{' | '}' | ';' }
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean };

function* tokens(text: string): Generator<Token> {
  // Comments, quoted texts, marks and bare words; each alternative begins differently, so this is linear.
  const pattern =
    /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|#(?!clear\b|include\b)[^\n]*|"([^"\n]*)"?|[{};]|(?:[^\s{};"/#]|\/(?![/*])|#(?=clear\b|include\b))+/g;
  for (const match of text.matchAll(pattern)) {
    const [whole, quoted] = match;
    if (quoted !== undefined) yield { kind: 'text', text: quoted, quoted: true };
    else if (whole === '{' || whole === '}' || whole === ';') yield { kind: whole };
    else if (!/^(?:\/\/|\/\*|#(?!clear|include))/.test(whole)) yield { kind: 'text', text: whole, quoted: false };
  }
}
