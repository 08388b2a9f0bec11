/** A lesson as blocks of text: headings, paragraphs, lists and code are all that lessons have. */
export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: readonly Inline[] }
  | { readonly kind: 'list'; readonly isNumbered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly code: string };

export interface Inline {
  readonly kind: 'text' | 'code' | 'strong';
  readonly text: string;
}

/** Pure, and bounded by its input: every line is looked at once. */
export function parseMarkdown(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let items: string[] = [];
  let isNumbered = false;
  let code: string[] | undefined;
  const flush = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', text: inlinesOf(paragraph.join(' ')) });
    if (items.length > 0) blocks.push({ kind: 'list', isNumbered, items: items.map(inlinesOf) });
    paragraph = [];
    items = [];
  };
  for (const line of text.split('\n')) {
    const isFence = line.startsWith('```');
    if (code !== undefined) {
      if (isFence) {
        blocks.push({ kind: 'code', code: code.join('\n') });
        code = undefined;
      } else code.push(line);
    } else if (isFence) {
      flush();
      code = [];
    } else if (line.startsWith('#')) {
      flush();
      blocks.push({ kind: 'heading', text: inlinesOf(line.slice(line.indexOf(' ') + 1)) });
    } else if (ITEM.test(line)) {
      const isNumber = !line.startsWith('-');
      if (paragraph.length > 0 || isNumber !== isNumbered) flush();
      isNumbered = isNumber;
      items.push(line.slice(line.indexOf(' ') + 1));
    } else if (line.trim() === '') flush();
    else if (items.length > 0 && line.startsWith('  ')) items.push(`${items.pop() ?? ''} ${line.trim()}`);
    else paragraph.push(line.trim());
  }
  if (code !== undefined) blocks.push({ kind: 'code', code: code.join('\n') });
  flush();
  return blocks;
}

const ITEM = /^(?:-|\d{1,2}\.) /;

/** `code` and **strong**; a mark without its other half is text. */
function inlinesOf(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  for (const [index, part] of text.split('`').entries()) {
    if (index % 2 === 1) parts.push({ kind: 'code', text: part });
    else
      for (const [at, piece] of part.split('**').entries())
        if (piece !== '') parts.push({ kind: at % 2 === 1 ? 'strong' : 'text', text: piece });
  }
  return parts;
}
