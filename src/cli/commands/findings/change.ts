import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { err, ok, printableLines, type Result } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { ask, askFor, type Refusal, refuse } from '../../server/ask.ts';
import { addServerOptions, type Connection, type ServerFlags } from '../../server/connection.ts';
import { readList } from '../../server/list.ts';
import { withServer } from '../../server/with-server.ts';

const IDS = 'of findings, as list has them';

interface DecideFlags extends ServerFlags {
  readonly as: string;
  readonly reason: string;
  readonly justification?: string;
  readonly until?: string;
}

export function declareFindingsChanges(group: Command, finish: Finish): void {
  addServerOptions(
    group
      .command('assign')
      .argument('<ids...>', IDS)
      .requiredOption('--to <name>', 'me, nobody, or the name or id of an account')
      .description('Says who works on findings.'),
  ).action(async (ids: string[], flags: ServerFlags & { readonly to: string }) =>
    finish(await withServer(flags, (connection) => assign(connection, ids, flags.to))),
  );
  addServerOptions(
    group
      .command('comment')
      .argument('<id>', 'of a finding')
      .argument('<text>')
      .description('Writes a comment into the history.'),
  ).action(async (id: string, text: string, flags: ServerFlags) =>
    finish(await withServer(flags, (connection) => comment(connection, id, text))),
  );
  const decide = group
    .command('decide')
    .argument('<ids...>', IDS)
    .description('Decides what one person may decide; for the rest, request an exception.')
    .addOption(
      new Option('--as <state>', 'what they are from now on')
        .choices(['accepted', 'false-positive', 'not-affected', 'open', 'in-progress'])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'why, for whoever reads it next year')
    .option('--justification <label>', 'as OpenVEX has it, with not-affected')
    .option('--until <date|days>', 'until when it holds: 2027-01-31, or 90d from today', parseEnd);
  addServerOptions(decide).action(async (ids: string[], flags: DecideFlags) =>
    finish(await withServer(flags, (connection) => change(connection, ids, decisionOf(flags)))),
  );
}

function decisionOf({ as: state, reason, justification, until }: DecideFlags): object {
  return {
    state,
    reason,
    ...(justification !== undefined && { justification }),
    ...(until !== undefined && { until }),
  };
}

const DAY_MS = 86_400_000;

/** ISO 8601. */
export function parseEnd(text: string): string {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (days !== undefined) return new Date(Date.now() + Number(days) * DAY_MS).toISOString();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('A date as in 2027-01-31, or a number of days as in 90d.');
  return new Date(text).toISOString();
}

const changed = z.object({
  changed: z.number(),
  refused: z.array(z.object({ id: z.string(), reason: z.string() })),
});

/** All in one request; what is refused is named, and makes the process end with 2. */
async function change(connection: Connection, ids: readonly string[], wish: object): Promise<ExitCode> {
  const done = await askFor(
    connection,
    { method: 'POST', path: '/api/v1/findings/bulk', body: { ids, change: wish } },
    changed,
  );
  if (!done.ok) return refuse(done.error);
  const { changed: count, refused } = done.value;
  process.stdout.write(`${count} of ${ids.length} changed.\n`);
  for (const { id, reason } of refused) process.stderr.write(printableLines(`plimsoll: ${id}: ${reason}\n`));
  return count === ids.length ? exitCodes.ok : exitCodes.usage;
}

async function assign(connection: Connection, ids: readonly string[], to: string): Promise<ExitCode> {
  const assignee = await accountOf(connection, to);
  return assignee.ok ? change(connection, ids, { assignee: assignee.value }) : refuse(assignee.error);
}

const account = z.object({ id: z.string(), name: z.string() });

async function accountOf(connection: Connection, to: string): Promise<Result<string | null, Refusal>> {
  if (to === 'nobody') return ok(null);
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(to)) return ok(to);
  if (to === 'me') {
    const me = await askFor(connection, { method: 'GET', path: '/api/v1/me' }, account);
    return me.ok ? ok(me.value.id) : me;
  }
  const all = await readList(connection, { path: '/api/v1/accounts', search: {}, item: account, limit: undefined });
  if (!all.ok) return all;
  const found = all.value.items.find(({ name }) => name.toLowerCase() === to.toLowerCase());
  if (found === undefined)
    return err({ message: `There is no account ${JSON.stringify(to.slice(0, 100))}.`, exitCode: exitCodes.usage });
  return ok(found.id);
}

async function comment(connection: Connection, id: string, text: string): Promise<ExitCode> {
  const path = `/api/v1/findings/${encodeURIComponent(id)}/comments`;
  const done = await ask(connection, { method: 'POST', path, body: { text } });
  if (!done.ok) return refuse(done.error);
  process.stdout.write('Written.\n');
  return exitCodes.ok;
}
