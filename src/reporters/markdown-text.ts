import { printable } from '#foundation/index.ts';

/** A table in GitHub's flavour of Markdown. Its cells hold texts of strangers, which must stay texts. */
export function* markdownTable(titles: readonly string[], rows: Iterable<readonly string[]>): Iterable<string> {
  yield `| ${titles.join(' | ')} |\n`;
  yield `|${titles.map(() => ' --- |').join('')}\n`;
  for (const row of rows) yield `| ${row.map(markdownText).join(' | ')} |\n`;
}

/** Everything that Markdown or HTML would act on, escaped; `@` would call somebody. */
export function markdownText(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]()#+!|~<>&$]/g, (character) => entities.get(character) ?? `\\${character}`)
    .replaceAll('@', '&#64;');
}

const entities = new Map([
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['&', '&amp;'],
]);
