import { MappedText } from './mapped-text.ts';

const BLANKS = ' \t\n\r';
const DELIMITERS = `${BLANKS}(),=`;

/**
 * Puts the items of a list where its name stands in a condition, as text: that is how the language has it, so that a name in a list
 * stands for a list again, and a quoted name too. Nothing when the name does not stand there.
 */
export function substituteList(condition: MappedText, name: string, items: readonly string[]): MappedText | undefined {
  let text = condition;
  let isUsed = false;
  for (let start = text.text.indexOf(name); start !== -1; start = text.text.indexOf(name, start + 1)) {
    const end = start + name.length;
    if (!isDelimited(text.text, start, end)) continue;
    const replaced = substituted(text, start, end, items);
    text = replaced.text;
    start = replaced.next;
    isUsed = true;
  }
  return isUsed ? text : undefined;
}

function isDelimited(text: string, start: number, end: number): boolean {
  const before = text[start - 1];
  const behind = text[end];
  return (before === undefined || DELIMITERS.includes(before)) && (behind === undefined || DELIMITERS.includes(behind));
}

function substituted(
  condition: MappedText,
  from: number,
  to: number,
  items: readonly string[],
): { text: MappedText; next: number } {
  const { text } = condition;
  let start = from;
  let end = to;
  while (start > 0 && BLANKS.includes(text[start - 1] ?? '')) start--;
  while (end < text.length && BLANKS.includes(text[end] ?? '')) end++;
  const values = items.map(quoteItem).join(', ');
  // An empty list takes a comma with it, so that `(a, empty, b)` stays a list.
  if (values === '' && text[start - 1] === ',') start--;
  else if (values === '' && text[end] === ',') end++;
  const parts = [
    condition.slice(0, start),
    condition.standingIn(start > 0 ? ` ${values} ` : `${values} `, from),
    condition.slice(end),
  ];
  return { text: MappedText.joined(parts), next: start + values.length + 1 };
}

/** A value with a blank is one value, quoted or not. */
export function quoteItem(item: string): string {
  return item.includes(' ') && !item.startsWith('"') && !item.startsWith("'") ? `"${item}"` : item;
}
