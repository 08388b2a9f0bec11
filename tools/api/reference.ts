import type { Operation } from './document.ts';
import { typeText } from './type-text.ts';

/** docs/reference/api.md */
export function apiReference(operations: readonly Operation[]): string {
  const groups = Map.groupBy(operations, ({ path }) => nounOf(path));
  return [
    '# The interface of the server',
    '',
    '<!-- Made from the routes by tools/api; not edited by hand. -->',
    '',
    INTRODUCTION,
    '',
    ...[...groups].flatMap(([noun, own]) => [`## ${noun}`, '', ...own.flatMap(section)]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

const INTRODUCTION = `Every operation has an id, by which \`plimsoll api\` and the typed client call it. Requests carry a token as
\`Authorization: Bearer plm_...\`, or the cookie of a session; changes by a cookie also carry \`x-plimsoll-csrf\`. Lists are read page by page: \`next\` of an
answer is the \`cursor\` of the next request. What is refused is answered as \`application/problem+json\` (RFC 9457), with the fields that are wrong. A POST with
an \`Idempotency-Key\` is done once. The same as OpenAPI 3.1: \`GET /api/v1/openapi.json\`. How to use it from a shell: [the guide](../guides/api.md).`;

function nounOf(path: string): string {
  return (
    path
      .replace(/^\/api\/v1\//, '')
      .split('/')
      .filter(Boolean)[0] ?? path
  );
}

function section(operation: Operation): string[] {
  const { id, method, path, summary, permission, parameters, body, takesBytes, status, answer } = operation;
  return [
    `### ${id}`,
    '',
    `\`${method} ${path}\` (permission: ${permission})`,
    '',
    `${summary}.`,
    '',
    ...(parameters.length === 0 ? [] : [...parameterTable(parameters), '']),
    ...(takesBytes ? ['Body: the bytes of the file.', ''] : []),
    ...(body === undefined ? [] : [`Body: ${code(typeText(body))}`, '']),
    answer === undefined ? `Answers ${status}, without content.` : `Answers ${status}: ${code(typeText(answer))}`,
    '',
  ];
}

function parameterTable(parameters: Operation['parameters']): string[] {
  return [
    '| parameter | in | what |',
    '|---|---|---|',
    ...parameters.map(
      ({ name, in: place, required, schema }) =>
        `| \`${name}\`${required ? '' : ' (optional)'} | ${place} | ${cell(code(typeText(schema)))} |`,
    ),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** One line, without what only the language needs. */
function code(type: string): string {
  return `\`${type
    .replaceAll(/\/\*\*[\s\S]*?\*\/\n/g, '')
    .replaceAll('readonly ', '')
    .replaceAll(/"(\w+)"(\??):/g, '$1$2:')
    .replaceAll('?: undefined', '?')
    .replaceAll(' | undefined;', ';')}\``;
}
