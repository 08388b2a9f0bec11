import { z } from 'zod';
import { advance, type ExceptionPolicy, reminderDue } from '#exceptions/index.ts';
import {
  addExceptionEvent,
  approvedExceptions,
  currentExceptionPolicy,
  type ExceptionRow,
  exceptionStanding,
  exceptionsNearEnd,
  findException,
  publish,
  type Query,
  recordAudit,
  updateException,
} from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';
import { applyException, liftException } from './apply.ts';

const PLIMSOLL = { account: undefined, name: 'Plimsoll' };
const FIRST = '00000000-0000-0000-0000-000000000000';
const AT_ONCE = 100;
const DAY_MS = 86_400_000;

/** Ends what is over and opens again what it hid, reminds of what ends soon, and hides what came since. */
export const sweepExceptions: JobHandler = async (_, context, signal) => {
  const policy = await currentExceptionPolicy(context.query);
  const at = context.now();
  const before = new Date(at.getTime() + Math.max(...policy.remindDays) * DAY_MS);
  let after: string | undefined = FIRST;
  while (after !== undefined && !signal.aborted) after = await lookAtSome(context.query, policy, before, at, after);
  for (const exception of await approvedExceptions(context.query, at)) {
    if (signal.aborted) return;
    await context.query.transaction().execute((query) => applyException(query, exception, at));
  }
};

/** The id of the last one, or undefined when there are no more. */
async function lookAtSome(
  database: Query,
  policy: ExceptionPolicy,
  before: Date,
  at: Date,
  after: string,
): Promise<string | undefined> {
  return database.transaction().execute(async (query) => {
    const rows = await exceptionsNearEnd(query, before, AT_ONCE, after);
    for (const row of rows) {
      if (row.expires_at <= at) await expire(query, row, policy, at);
      else if (row.state === 'approved') await remind(query, row, policy, at);
    }
    return rows.length < AT_ONCE ? undefined : rows.at(-1)?.id;
  });
}

async function expire(query: Query, row: ExceptionRow, policy: ExceptionPolicy, at: Date): Promise<void> {
  const done = advance(exceptionStanding(row), { kind: 'expire' }, policy, at);
  if (!done.ok) return;
  await updateException(query, row.id, { state: done.value.state });
  const reopened = await liftException(query, row.id, 'exception-expired', at);
  await tell(query, row, 'expired', { reopened }, at);
}

async function remind(query: Query, row: ExceptionRow, policy: ExceptionPolicy, at: Date): Promise<void> {
  const days = reminderDue(row.expires_at, row.reminded_days ?? undefined, policy, at);
  if (days === undefined) return;
  await updateException(query, row.id, { state: row.state, remindedDays: days });
  await tell(query, row, 'expiring', { days }, at);
}

async function tell(
  query: Query,
  row: ExceptionRow,
  kind: 'expired' | 'expiring',
  details: Readonly<Record<string, unknown>>,
  at: Date,
): Promise<void> {
  await addExceptionEvent(query, row.id, PLIMSOLL, { kind, details, at });
  const subject = { kind: 'exception', id: row.id };
  const team = row.team_id === null ? {} : { team: row.team_id };
  await publish(query, {
    kind: `exception.${kind}`,
    at,
    subject,
    title: row.explanation,
    severity: row.worst,
    ...team,
    details,
  });
  if (kind === 'expired')
    await recordAudit(query, {
      principal: undefined,
      action: 'exception.expire',
      subject: `exception ${row.id}`,
      details,
      at,
    });
}

const payload = z.object({ exception: z.uuid() });

/** Goes on with one that is about more findings than fit into one transaction. */
export const continueException: JobHandler = async (input, context) => {
  const { exception } = payload.parse(input);
  const at = context.now();
  await context.query.transaction().execute(async (query) => {
    const row = await findException(query, exception, true);
    if (row === undefined) return;
    if (row.state === 'approved' && row.expires_at > at) await applyException(query, row, at);
    else await liftException(query, exception, row.state === 'expired' ? 'exception-expired' : 'exception-revoked', at);
  });
};
