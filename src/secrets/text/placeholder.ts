/** What stands in documentation and templates where a secret is to be filled in. */
const WORDS =
  /example|sample|placeholder|change[-_ ]?(?:me|this|it)|your[-_ ]|insert|dummy|redacted|omitted|todo|fixme|replace|goes[-_]?here|secret[-_]?here|token[-_]?here|key[-_]?here|not[-_]?a[-_]?real|fake|foobar|foo[-_]bar|lorem/i;

const EXPRESSIONS =
  /\$\{|\$\(|\{\{|<[a-z]|%\(|%[sd]\b|%[A-Z_]{2,40}%|\.\.\.|#\{|\[\[|__[A-Z]+__|process\.env|os\.environ|getenv/;

/** True for `your-token-here`, `xxxx…`, `${TOKEN}`, `0123456789abcdef…` and the like. */
export function isPlaceholder(text: string): boolean {
  return WORDS.test(text) || EXPRESSIONS.test(text) || isMonotonous(text);
}

/** More than half of it is one character, goes up or down in steps of one, or repeats what stood four characters before at the most. */
function isMonotonous(text: string): boolean {
  if (text.length < 8) return false;
  const counts = new Map<number, number>();
  let steps = 0;
  const repeats = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    counts.set(code, (counts.get(code) ?? 0) + 1);
    if (Math.abs(code - text.charCodeAt(at - 1)) === 1) steps += 1;
    for (let back = 0; back < 4; back++)
      if (code === text.charCodeAt(at - back - 1)) repeats[back] = (repeats[back] ?? 0) + 1;
  }
  const half = text.length / 2;
  return Math.max(...counts.values()) > half || steps > half || Math.max(...repeats) > half;
}
