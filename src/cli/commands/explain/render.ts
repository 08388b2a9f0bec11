import { printable } from '#foundation/index.ts';
import { hanging, padTo, type Room, roomOf, severityStyle } from '#reporters/presentation.ts';
import type { Explanation, NamedThing, RelatedClause } from './explanation.ts';

interface RenderOptions {
  readonly color: boolean;
  readonly width: number;
  /** Every related thing; the foremost otherwise. */
  readonly verbose: boolean;
}

/** One explanation, for a person at a terminal. */
export function renderTopic(topic: Explanation, options: RenderOptions): string {
  const room = roomOf(options);
  const most = options.verbose ? Number.POSITIVE_INFINITY : shown;
  const parts = [
    head(room, topic),
    paragraph(room, 'Why it matters', topic.why),
    paragraph(room, 'How it is used', topic.attack),
    paragraph(room, 'What to do', topic.remedy),
    example(room, 'Not so', topic.examples?.bad),
    example(room, 'So', topic.examples?.good),
    list(
      room,
      'Judged by',
      topic.evidence?.map((words) => ({ id: '', title: words })),
      most,
    ),
    list(room, 'Controls', topic.controls, most),
    clauses(room, topic, most),
    list(room, 'Policies', topic.policies, Number.POSITIVE_INFINITY),
    list(room, topic.kind === 'check' ? 'Related checks' : 'Checks', topic.checks, most),
    list(
      room,
      'Read',
      topic.references.map((address) => ({ id: '', title: address })),
      most,
    ),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Several things that have the same name. */
export function renderChoice(topics: readonly Explanation[], options: RenderOptions): string {
  const room = roomOf(options);
  const things = topics.map(({ id, kind, title }) => ({ id, title: `${kind}: ${title}` }));
  return `${list(room, 'It means several things; ask for one of them', things, topics.length).join('\n')}\n`;
}

const shown = 12;

function head(room: Room, { kind, id, title, severity, aliases = [], text }: Explanation): string[] {
  const rated = severity === undefined ? '' : `  ${room.paint(severityStyle[severity], severity)}`;
  const others = aliases.length === 0 ? '' : room.paint('dim', printable(`  also ${aliases.join(', ')}`));
  return [
    `${room.paint('bold', printable(id))}  ${room.paint('dim', kind)}${rated}${others}`,
    ...hanging(room, '', title, 'bold'),
    ...(text === undefined ? [] : hanging(room, '', text)),
  ];
}

function paragraph(room: Room, title: string, text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : [room.paint('bold', title), ...hanging(room, '  ', text)];
}

const mostLines = 40;

function example(room: Room, title: string, text: string | undefined): string[] {
  if (text === undefined) return [];
  const lines = text.trimEnd().split('\n');
  return [
    room.paint('bold', title),
    ...lines.slice(0, mostLines).map((line) => `    ${printable(line)}`),
    ...(lines.length > mostLines ? [room.paint('dim', `    … ${lines.length - mostLines} more lines`)] : []),
  ];
}

function list(room: Room, title: string, things: readonly NamedThing[] | undefined, most: number): string[] {
  if (things === undefined || things.length === 0) return [];
  const first = things.slice(0, most);
  const width = Math.max(...first.map(({ id }) => id.length));
  return [
    room.paint('bold', title),
    ...first.flatMap((thing) =>
      hanging(room, width === 0 ? '  ' : `  ${padTo(printable(thing.id), width)}  `, wordsOf(thing)),
    ),
    ...(things.length > most ? [room.paint('dim', `  … ${things.length - most} more; -v shows all`)] : []),
  ];
}

function wordsOf(thing: NamedThing & { readonly relation?: string }): string {
  return thing.relation === undefined ? thing.title : `${thing.title} (${thing.relation})`;
}

/** Of a clause and a control those of every framework; of a framework its own, under which everything else stands. */
function clauses(room: Room, { kind, clauses: related = [] }: Explanation, most: number): string[] {
  if (kind === 'framework') return list(room, 'Clauses', related, Number.POSITIVE_INFINITY);
  const byFramework = Map.groupBy(related, ({ framework }) => framework);
  if (byFramework.size === 0) return [];
  return [
    room.paint('bold', 'Clauses of standards'),
    ...[...byFramework].flatMap(([framework, of]) => frameworkLines(room, framework, of, Math.min(most, 4))),
  ];
}

function frameworkLines(room: Room, framework: string, of: readonly RelatedClause[], most: number): string[] {
  const first = of.slice(0, most);
  const rest = of.length - first.length;
  return [
    ...first.flatMap((clause) => hanging(room, `  ${padTo(printable(clause.id), 26)}  `, clause.title)),
    ...(rest > 0 ? [room.paint('dim', `  … ${rest} more of ${framework}; -v shows all`)] : []),
  ];
}
