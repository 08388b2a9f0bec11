import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseMarkdown } from './markdown.ts';

test('headings, paragraphs over lines, lists, code and marks in a line', () => {
  assert.deepEqual(
    parseMarkdown('# Why\nOne `USER 1000`\nline, **not** two.\n\n- a\n  b\n- c\n```sh\n# no heading\n```\nEnd'),
    [
      { kind: 'heading', text: [{ kind: 'text', text: 'Why' }] },
      {
        kind: 'paragraph',
        text: [
          { kind: 'text', text: 'One ' },
          { kind: 'code', text: 'USER 1000' },
          { kind: 'text', text: ' line, ' },
          { kind: 'strong', text: 'not' },
          { kind: 'text', text: ' two.' },
        ],
      },
      { kind: 'list', isNumbered: false, items: [[{ kind: 'text', text: 'a b' }], [{ kind: 'text', text: 'c' }]] },
      { kind: 'code', code: '# no heading' },
      { kind: 'paragraph', text: [{ kind: 'text', text: 'End' }] },
    ],
  );
});

test('code without an end is code to the end', () =>
  assert.deepEqual(parseMarkdown('```\nx'), [{ kind: 'code', code: 'x' }]));

test('every lesson has blocks, and no marks are left in its text', () => {
  const folder = join(import.meta.dirname, '../../../../content/lessons');
  for (const name of readdirSync(folder)) {
    const body = readFileSync(join(folder, name), 'utf8').split('\n---\n').slice(1).join('\n---\n');
    const blocks = parseMarkdown(body);
    assert.ok(blocks.length > 2, name);
    const texts = blocks.flatMap((block) =>
      block.kind === 'code' ? [] : block.kind === 'list' ? block.items.flat() : block.text,
    );
    for (const { kind, text } of texts)
      if (kind === 'text') assert.doesNotMatch(text, /\*\*|\[.*\]\(|^\d+\. /, `${name}: ${text}`);
  }
});
