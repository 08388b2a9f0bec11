import type { DocumentEvent } from '#runtime/index.ts';
import type { FieldContext } from './context.ts';
import { at, textOf } from './document-values.ts';
import { type Field, field } from './field.ts';
import { clockTime, isoTime } from './time-text.ts';

type E = DocumentEvent;

/** `jevt.*` and what `evt.*` has for records that are documents. */
export function documentFields(source: string, { hostname }: FieldContext): readonly Field<E>[] {
  return [
    field('evt.time', 'text', 'time of day with nanoseconds', ({ timeUs }) => clockTime(timeUs)),
    field('evt.time.s', 'text', 'time of day', ({ timeUs }) => clockTime(timeUs).slice(0, 8)),
    field('evt.time.iso8601', 'text', 'date and time as ISO 8601 has it', ({ timeUs }) => isoTime(timeUs)),
    field('evt.datetime', 'text', 'date and time', ({ timeUs }) => isoTime(timeUs).slice(0, -1).replace('T', ' ')),
    field('evt.rawtime', 'time', 'nanoseconds since 1970', ({ timeUs }) => timeUs * 1000),
    field('evt.type', 'text', 'pluginevent', () => 'pluginevent'),
    field('evt.source', 'text', source, () => source),
    field('evt.pluginname', 'text', 'name of the source', () => source),
    field('evt.plugininfo', 'text', 'the whole record', ({ document }) => textOf(document)),
    field('evt.hostname', 'text', 'name of the host', () => hostname),
    field('evt.is_async', 'boolean', 'false', () => false),
    {
      name: 'jevt.value',
      type: 'text',
      description: 'a value of the record by its path: jevt.value[/requestObject/kind]',
      argument: 'required',
      bind: (argument = '') => {
        if (!argument.startsWith('/')) return 'the argument is a path that begins with a slash';
        const path = argument.slice(1).split('/').map(unescaped);
        return { read: ({ document }) => textOf(at(document, path)) };
      },
    },
    field('jevt.obj', 'text', 'the whole record, over several lines', ({ document }) =>
      JSON.stringify(document, null, 2),
    ),
    field('jevt.rawtime', 'text', 'nanoseconds since 1970', ({ timeUs }) => `${timeUs}000`),
    field('jevt.time', 'text', 'time of day with nanoseconds', ({ timeUs }) => clockTime(timeUs)),
    field('jevt.time.iso8601', 'text', 'date and time as ISO 8601 has it', ({ timeUs }) => isoTime(timeUs)),
  ];
}

/** A part of a JSON pointer (https://www.rfc-editor.org/rfc/rfc6901). */
function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
