import { type Command, Option } from 'commander';
import { z } from 'zod';
import { printableLines } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Finish } from '../../program.ts';
import { askFor, refuse } from '../../server/ask.ts';
import { addServerOptions, type Connection, type ServerFlags } from '../../server/connection.ts';
import { readList, SHOWN } from '../../server/list.ts';
import { tableLines } from '../../server/table.ts';
import { withServer } from '../../server/with-server.ts';
import { writeAll } from '../../terminal.ts';
import { parseEnd } from '../findings/change.ts';
import { day } from '../findings/shape.ts';

const REASONS = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
  'risk-accepted',
  'deferred-until-fix',
  'false-positive',
  'compensating-control',
];

const shown = z.object({
  id: z.string(),
  state: z.string(),
  scope: z.record(z.string(), z.unknown()),
  reason: z.string(),
  explanation: z.string(),
  worst: z.string(),
  requester: z.object({ name: z.string() }),
  approvals: z.array(z.object({ name: z.string() })),
  approvalsNeeded: z.number(),
  expiresAt: z.string(),
});

type Shown = z.infer<typeof shown>;

interface RequestFlags extends ServerFlags {
  readonly finding?: string;
  readonly kind?: string;
  readonly rule?: string;
  readonly package?: string;
  readonly asset?: string;
  readonly team?: string;
  readonly reason: string;
  readonly explanation: string;
  readonly until: string;
  readonly preview?: boolean;
  readonly json?: boolean;
}

export function declareServerExceptions(group: Command, finish: Finish): void {
  declareRequest(group, finish);
  const verbs = [
    ['approve', 'Approves what somebody else has requested on a server.'],
    ['reject', 'Refuses what somebody else has requested on a server.'],
    ['revoke', 'Ends an exception of a server; what it hid opens again.'],
  ] as const;
  for (const [verb, description] of verbs) {
    const command = group
      .command(verb)
      .argument('<id>', 'of an exception, as list --server has it')
      .option('--comment <text>', 'for the history')
      .option('--json', 'machine-readable result')
      .description(description);
    addServerOptions(command).action(
      async (id: string, flags: ServerFlags & { readonly comment?: string; readonly json?: boolean }) =>
        finish(await withServer(flags, (connection) => decide(connection, id, verb, flags))),
    );
  }
}

function declareRequest(group: Command, finish: Finish): void {
  const command = group
    .command('request')
    .description('Asks on a server that findings need not be mended for a while; somebody else approves.')
    .option('--finding <id>', 'one finding')
    .option('--rule <pattern>', 'advisory, check or rule; * stands for any characters')
    .option('--package <pattern>', 'name, or package URL without version')
    .option('--kind <kind>', 'vulnerability, secret, malware, misconfiguration, licence or policy')
    .option('--asset <kind:pattern>', 'only in these: repository:registry.example/shop/**')
    .option('--team <id>', 'only in what this team owns')
    .addOption(new Option('--reason <reason>', 'why').choices(REASONS).makeOptionMandatory())
    .requiredOption('--explanation <text>', 'in words, for whoever approves it')
    .requiredOption('--until <date|days>', 'until when: 2027-01-31, or 90d from today', parseEnd)
    .option('--preview', 'only says what it would hide')
    .option('--json', 'machine-readable result');
  addServerOptions(command).action(async (flags: RequestFlags) =>
    finish(await withServer(flags, (connection) => request(connection, flags))),
  );
}

function scopeOf({ finding, kind, rule, package: owner, asset, team }: RequestFlags): object {
  const [, assetKind, name] = /^([a-z]+):(.+)$/.exec(asset ?? '') ?? [];
  return {
    ...(finding !== undefined && { finding }),
    ...(kind !== undefined && { kind }),
    ...(rule !== undefined && { rule }),
    ...(owner !== undefined && { package: owner }),
    ...(asset !== undefined && { assets: { kind: assetKind ?? asset, name: name ?? '' } }),
    ...(team !== undefined && { team }),
  };
}

const preview = z.object({
  findings: z.number(),
  counts: z.array(z.object({ team: z.string().nullable(), severity: z.string(), findings: z.number() })),
  worst: z.string(),
  maxDays: z.number(),
  approvalsNeeded: z.number(),
});

async function request(connection: Connection, flags: RequestFlags): Promise<ExitCode> {
  const scope = scopeOf(flags);
  if (flags.preview) return showPreview(connection, scope, flags.json === true);
  const { reason, explanation, until: expiresAt } = flags;
  const body = { scope, reason, explanation, expiresAt };
  return answer(
    await askFor(connection, { method: 'POST', path: '/api/v1/exceptions', body }, shown),
    flags.json === true,
  );
}

async function showPreview(connection: Connection, scope: object, isJson: boolean): Promise<ExitCode> {
  const read = await askFor(
    connection,
    { method: 'POST', path: '/api/v1/exceptions/preview', body: { scope } },
    preview,
  );
  if (!read.ok) return refuse(read.error);
  const { findings, counts, worst, maxDays, approvalsNeeded } = read.value;
  const rows = counts.map((one) => [one.team ?? 'nobody', one.severity, String(one.findings)]);
  const lines = [
    `It would hide ${findings} findings, the worst of them ${worst}: for at most ${maxDays} days, when ${approvalsNeeded} other people approve.`,
    ...(rows.length === 0 ? [] : tableLines(['team', 'severity', 'findings'], rows)),
  ];
  process.stdout.write(`${isJson ? JSON.stringify(read.value, null, 2) : lines.join('\n')}\n`);
  return exitCodes.ok;
}

async function decide(
  connection: Connection,
  id: string,
  verb: 'approve' | 'reject' | 'revoke',
  { comment, json }: { readonly comment?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const path = `/api/v1/exceptions/${encodeURIComponent(id)}/${verb}`;
  const body = comment === undefined ? {} : { comment };
  return answer(await askFor(connection, { method: 'POST', path, body }, shown), json === true);
}

function answer(done: Awaited<ReturnType<typeof askFor<Shown>>>, isJson: boolean): ExitCode {
  if (!done.ok) return refuse(done.error);
  const { id, state, approvals, approvalsNeeded, expiresAt } = done.value;
  const waits = state === 'requested' ? `, ${approvals.length} of ${approvalsNeeded} approvals` : '';
  const line = `${id}  ${state}${waits}, until ${day(expiresAt)}`;
  process.stdout.write(`${isJson ? JSON.stringify(done.value, null, 2) : printableLines(line)}\n`);
  return exitCodes.ok;
}

/** Those of a server, the newest first. */
export async function listServerExceptions(
  connection: Connection,
  { state, all, json }: { readonly state?: string; readonly all?: boolean; readonly json?: boolean },
): Promise<ExitCode> {
  const read = await readList(connection, {
    path: '/api/v1/exceptions',
    search: state === undefined ? {} : { state },
    item: shown,
    limit: all ? undefined : SHOWN,
  });
  if (!read.ok) return refuse(read.error);
  const { items, isMore } = read.value;
  const rows = items.map((one) => [
    one.id,
    one.state,
    one.reason,
    one.requester.name,
    `${one.approvals.length}/${one.approvalsNeeded}`,
    day(one.expiresAt),
    scopeWords(one.scope),
  ]);
  const table = tableLines(['id', 'state', 'reason', 'requester', 'approvals', 'until', 'about'], rows);
  const text = json
    ? JSON.stringify({ items, isMore }, null, 2)
    : items.length === 0
      ? 'No exceptions.'
      : table.join('\n');
  await writeAll(process.stdout, [`${text}\n`]);
  if (isMore && !json) process.stderr.write(`There are more than ${SHOWN}: use --state or --all.\n`);
  return exitCodes.ok;
}

function scopeWords(scope: Shown['scope']): string {
  return Object.entries(scope)
    .map(([name, value]) => `${name}:${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}
