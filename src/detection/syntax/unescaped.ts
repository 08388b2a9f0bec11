const ESCAPES = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  // A backslash before a blank stays a backslash: rules that were written with too few of them go on working.
  [' ', '\\'],
  ['\\', '\\'],
  ['/', '/'],
]);

/**
 * The text that a quoted one stands for: JSON's escapes without `\u`, `\xHH` for one byte, and the escape of its own quote only.
 * The reason when an escape is wrong. `quoted`: with both quotes.
 */
export function unescaped(quoted: string): { text: string } | { fault: string } {
  const quote = quoted[0];
  let text = '';
  for (let at = 1; at < quoted.length - 1; at++) {
    const character = quoted[at] ?? '';
    if (character !== '\\') {
      text += character;
      continue;
    }
    const escaped = quoted[++at] ?? '';
    if (at >= quoted.length - 1) break;
    if (escaped === 'x') {
      const digits = quoted.slice(at + 1, Math.min(at + 3, quoted.length - 1));
      if (digits.length < 2) return { fault: 'the escape \\x ends too early: two hexadecimal digits follow it' };
      if (!/^[0-9a-fA-F]{2}$/.test(digits))
        return { fault: `\\x${digits} is no escape: two hexadecimal digits follow \\x` };
      text += String.fromCharCode(Number.parseInt(digits, 16));
      at += 2;
    } else if (escaped === '"' || escaped === "'") {
      if (escaped !== quote) return { fault: `\\${escaped} is no escape between ${quote} quotes` };
      text += escaped;
    } else {
      const meant = ESCAPES.get(escaped);
      if (meant === undefined) return { fault: `\\${escaped} is no escape` };
      text += meant;
    }
  }
  return { text };
}
