import { printable, printableLines } from '#foundation/index.ts';

/** A value on one line. A line break would let a package's name say tags of its own. */
export function oneLine(text: string): string {
  // What begins as a text block would swallow the tags that follow.
  return printable(text).trim().replaceAll('<text>', '&lt;text&gt;') || 'NOASSERTION';
}

/** A value that may have several lines. It ends at the first `</text>`, so that must not occur in it. */
export function textBlock(text: string): string {
  return `<text>${printableLines(text).replaceAll('</text>', '&lt;/text&gt;')}</text>`;
}
