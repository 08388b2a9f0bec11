import { test } from 'node:test';
import { markdownTable } from '../../test/kit/markdown-table.ts';
import { assertMatchesFile } from '../../test/kit/snapshot.ts';
import type { FieldType } from './field.ts';
import { findingLanguage } from './findings.ts';

test('the page about filters of findings is up to date', () => {
  const rows = findingLanguage.fields.map((field) => [
    `\`${field.name}\``,
    `${valuesOf(field.type)}${'isOptional' in field ? ', or `none`' : ''}`,
    field.about,
    `\`${field.example}\``,
  ]);
  const page = `${INTRODUCTION}\n${markdownTable([['field', 'values', 'meaning', 'example'], ...rows])}\n${LIMITS}`;
  assertMatchesFile(page, new URL('../../docs/reference/finding-query.md', import.meta.url));
});

function valuesOf(type: FieldType): string {
  switch (type.kind) {
    case 'word':
      return type.words.map((word) => `\`${word}\``).join(type.isOrdered ? ' < ' : ', ');
    case 'pattern':
      return 'a text, `*` for any characters';
    case 'text':
      return 'words';
    case 'account':
      return 'id of an account, or `me`';
    case 'time':
      return `a day, or a time ${type.direction === 'ahead' ? 'from now on' : 'ago'}: \`12h\`, \`7d\`, \`2w\``;
    case 'number':
      return 'a number';
  }
}

const INTRODUCTION = `# Filters of findings

Lists, counts, facets, exports, bulk changes and saved views take the same filter:

\`\`\`
severity>=high is:open -package:openssl team:shop,none due<7d "buffer overflow"
\`\`\`

All terms have to hold. A comma stands between alternatives, a minus before a term turns it round, quotes hold a value with blanks or commas
together (\`\\"\` for a quote in it). Fields that have an order take \`<\`, \`<=\`, \`>\` and \`>=\` as well; a fault names the character that it is at.
`;

const LIMITS = `
A day is one of UTC: \`due:2026-12-31\` is any time of it. There are no parentheses and no "or" between different fields. A filter has 4,000
characters, 40 terms and 50 values a term at most.
`;
