const MAX_VALUE = 1024;
const MAX_KEYS = 100;
const ESCAPABLE = '"\\$`';

/**
 * Reads os-release(5) or lsb-release: assignments in shell syntax, without expansions. Quotes may span lines; a quote that is
 * never closed ends with its line, so that it does not swallow the rest. Of two assignments the last one holds.
 */
export function parseOsRelease(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (let at = 0; at < text.length && values.size < MAX_KEYS; ) {
    const lineEnd = endOfLine(text, at);
    const key = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=/.exec(text.slice(at, Math.min(lineEnd, at + 200)));
    if (key === null) {
      at = lineEnd + 1;
      continue;
    }
    const { value, end } = readValue(text, at + key[0].length);
    values.set(key[1] ?? '', value.slice(0, MAX_VALUE));
    at = endOfLine(text, end) + 1;
  }
  return values;
}

function readValue(text: string, start: number): { value: string; end: number } {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    const quoted = readQuoted(text, start + 1, quote);
    if (quoted !== undefined) return quoted;
  }
  const end = endOfLine(text, start);
  const bare = text.slice(start, end).replace(/^["']/, '');
  const comment = bare.search(/\s#/);
  const value = (comment === -1 ? bare : bare.slice(0, comment)).trim().replace(/\\(.)/g, '$1');
  return { value, end };
}

/** Undefined when the quote is not closed. In single quotes a backslash is a backslash; in double quotes it escapes what the shell would change. */
function readQuoted(text: string, start: number, quote: string): { value: string; end: number } | undefined {
  let value = '';
  for (let at = start; at < text.length && at - start < 4 * MAX_VALUE; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === quote) return { value, end: at };
    if (character === '\\' && quote === '"' && next === '\n') at++;
    else if (character === '\\' && quote === '"' && next !== '' && ESCAPABLE.includes(next)) {
      value += next;
      at++;
    } else value += character;
  }
  return undefined;
}

function endOfLine(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline === -1 ? text.length : newline;
}
