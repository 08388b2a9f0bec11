import type { Operation } from './document.ts';
import { memberText, typeText } from './type-text.ts';

const HEADER = `// Made from the routes of the server by tools/api; not edited by hand. UPDATE_SNAPSHOTS=1 node --test tools/api/api.test.ts renews it.`;

/** The module that the typed client is typed by: what each operation takes and answers, and where it is. */
export function clientTypes(operations: readonly Operation[]): string {
  return [
    HEADER,
    '',
    '/** What each operation of the server takes and answers, by its id. */',
    'export interface Operations {',
    ...operations.map(declared),
    '}',
    '',
    '/** Method and path of each. */',
    'export const operations: { readonly [Id in keyof Operations]: readonly [method: string, path: string] } = {',
    ...operations.map(({ id, method, path }) => `${id}: [${quoted(method)}, ${quoted(path)}],`),
    '};',
    '',
  ].join('\n');
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function declared(operation: Operation): string {
  const { id, summary, permission, answer } = operation;
  return [
    `/** ${summary.replaceAll('*/', '* /')}. Permission: ${permission}. */`,
    `readonly ${id}: {`,
    `readonly request: ${requestText(operation)};`,
    `readonly answer: ${answer === undefined ? 'undefined' : typeText(answer)};`,
    '};',
  ].join('\n');
}

function requestText(operation: Operation): string {
  const members = [group(operation, 'path', 'params'), group(operation, 'query', 'search'), bodyOf(operation)].filter(
    (member) => member !== undefined,
  );
  return members.length === 0 ? 'undefined' : `{ ${members.join(' ')} }`;
}

function group({ parameters }: Operation, place: string, name: string): string | undefined {
  const own = parameters.filter((parameter) => parameter.in === place);
  if (own.length === 0) return undefined;
  const members = own.map((parameter) => memberText(parameter.name, parameter.schema, parameter.required));
  const isNeeded = own.some(({ required }) => required);
  return `readonly ${name}${isNeeded ? '' : '?'}: { ${members.join(' ')} };`;
}

function bodyOf({ body, takesBytes }: Operation): string | undefined {
  if (takesBytes) return 'readonly body: Blob | Uint8Array<ArrayBuffer> | string;';
  return body === undefined ? undefined : `readonly body: ${typeText(body)};`;
}
