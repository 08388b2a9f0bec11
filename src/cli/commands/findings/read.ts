import type { Command } from 'commander';
import { printable, printableLines } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { askFor, membersOf, refuse } from '../../server/ask.ts';
import { addServerOptions, type Connection, type ServerFlags } from '../../server/connection.ts';
import { readList, SHOWN } from '../../server/list.ts';
import { tableLines } from '../../server/table.ts';
import { withServer } from '../../server/with-server.ts';
import { writeAll } from '../../terminal.ts';
import { day, findingEvent, listedFinding, wholeFinding } from './shape.ts';

interface ListFlags extends ServerFlags {
  readonly sort: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

interface ShowFlags extends ServerFlags {
  readonly json?: boolean;
}

export function declareFindingsList(group: Command, finish: Finish): void {
  const command = group
    .command('list')
    .argument('[filter...]', 'such as severity>=high is:open package:openssl: docs/reference/finding-query.md')
    .description('Lists findings of a server, the most urgent first.')
    .option('--sort <order>', 'rank, severity, due or seen; with - before it the other way round', 'rank')
    .option('--all', `all of them, not the first ${SHOWN}`)
    .option('--json', 'machine-readable result');
  addServerOptions(command).action(async (words: string[], flags: ListFlags) =>
    finish(await withServer(flags, (connection) => list(connection, words.join(' '), flags))),
  );
}

async function list(connection: Connection, filter: string, { sort, all, json }: ListFlags): Promise<ExitCode> {
  const read = await readList(connection, {
    path: '/api/v1/findings',
    search: { filter, sort },
    item: listedFinding,
    limit: all ? undefined : SHOWN,
  });
  if (!read.ok) return refuse(read.error);
  const { items, isMore } = read.value;
  const rows = items.map(({ id, severity, state, rule, subject, asset, team, dueAt }) => [
    id,
    severity,
    state,
    rule,
    subject,
    asset.name,
    team?.name ?? '',
    day(dueAt),
  ]);
  const table = tableLines(['id', 'severity', 'state', 'rule', 'subject', 'asset', 'team', 'due'], rows);
  const text = json
    ? JSON.stringify({ items, isMore }, null, 2)
    : items.length === 0
      ? 'No findings.'
      : table.join('\n');
  await writeAll(process.stdout, [`${text}\n`]);
  if (isMore && !json) process.stderr.write(`There are more than ${SHOWN}: narrow the filter, or use --all.\n`);
  return exitCodes.ok;
}

export function declareFindingsShow(group: Command, finish: Finish): void {
  const command = group
    .command('show')
    .argument('<id>', 'of a finding, as list has it')
    .description('Shows one finding: what and where, who owns it, what was decided, and all that happened to it.')
    .option('--json', 'machine-readable result');
  addServerOptions(command).action(async (id: string, flags: ShowFlags) =>
    finish(await withServer(flags, (connection) => show(connection, id, flags))),
  );
}

async function show(connection: Connection, id: string, { json }: ShowFlags): Promise<ExitCode> {
  const path = `/api/v1/findings/${encodeURIComponent(id)}`;
  const finding = await askFor(connection, { method: 'GET', path }, wholeFinding);
  if (!finding.ok) return refuse(finding.error);
  const events = await readList(connection, { path: `${path}/events`, search: {}, item: findingEvent, limit: 200 });
  if (!events.ok) return refuse(events.error);
  const history = events.value.items;
  const text = json
    ? JSON.stringify({ ...finding.value, history }, null, 2)
    : printableLines([...facts(finding.value), '', ...history.map(eventLine)].join('\n'));
  await writeAll(process.stdout, [`${text}\n`]);
  return exitCodes.ok;
}

function facts(finding: (typeof wholeFinding)['_output']): string[] {
  const { title, severity, kind, rule, subject, state, asset, team, assigneeName, dueAt, decision, occurrences } =
    finding;
  const present = occurrences.filter(({ goneAt }) => goneAt === null);
  return [
    title,
    `  ${severity} ${kind} ${rule} in ${subject}`,
    `  asset     ${asset.name}`,
    `  state     ${state}${finding.reopened > 0 ? `, came back ${finding.reopened} times` : ''}`,
    `  team      ${team?.name ?? 'nobody'}`,
    `  assignee  ${assigneeName ?? 'nobody'}`,
    `  due       ${day(dueAt) || 'no date'}`,
    `  seen      ${day(finding.firstSeenAt)}${finding.fixedAt === null ? '' : `, fixed ${day(finding.fixedAt)}`}`,
    ...(decision === null
      ? []
      : [`  decision  ${decision.reason}${decision.until ? ` (until ${day(decision.until)})` : ''}`]),
    ...present
      .slice(0, 20)
      .map(
        ({ digest, package: owner, location }) => `  in        ${[digest, owner, location].filter(Boolean).join(' ')}`,
      ),
  ];
}

function eventLine({ at, actor, kind, details }: (typeof findingEvent)['_output']): string {
  const members = membersOf(details);
  const told = ['text', 'reason', 'to'].map((name) => members.get(name)).find((value) => typeof value === 'string');
  return `${at.slice(0, 16).replace('T', ' ')}  ${(actor?.name ?? 'Plimsoll').padEnd(12)}  ${kind}${told === undefined ? '' : `: ${printable(String(told))}`}`;
}
