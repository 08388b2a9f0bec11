import { z } from 'zod';
import {
  eventKinds,
  inboundOf,
  type OpenTracker,
  type RemoteTicket,
  type TicketDraft,
  trackers,
  updateFor,
} from '#notifications/index.ts';
import {
  activeTrackers,
  addConflict,
  applyChange,
  enqueueTicketComment,
  findingForTicket,
  findTicket,
  findTracker,
  notePoll,
  noteRemote,
  noteTicketError,
  type Query,
  recordAudit,
  type StoredTicket,
  type StoredTracker,
  ticketByKey,
} from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';
import { openSettings } from '../notifications/sealed-settings.ts';
import type { ServerContext } from '../route.ts';
import { TrackerFailure, trackerCall } from './tracker-call.ts';

/** Plimsoll's own work sees everything; who asked for it was looked at then. */
const EVERYTHING = [{ kind: 'all' }] as const;

const creation = z.object({ ticket: z.uuid() });
const update = z.object({
  ticket: z.uuid(),
  event: z.enum(eventKinds).optional(),
  comment: z.string().max(2000).optional(),
});

/** Makes the ticket in the tracker. One that was made before a crash is found by its label and not made twice. */
export const createTicket: JobHandler = async (given, context, signal) => {
  const { query, now } = context;
  const { ticket: id } = creation.parse(given);
  await withTicket(context, id, signal, async (ticket, tracker) => {
    if (ticket.remote_key !== null) return;
    const finding = await findingForTicket(query, ticket.finding_id, EVERYTHING);
    if (finding === undefined) return;
    const draft: TicketDraft = {
      label: `plimsoll-${id}`,
      title: `${finding.title} (${finding.asset})`,
      facts: {
        title: finding.title,
        severity: finding.severity,
        rule: finding.rule,
        asset: finding.asset,
        team: finding.team ?? '',
        due: finding.due_at?.toISOString().slice(0, 10) ?? '',
        finding: finding.id,
      },
    };
    const remote = (await tracker.find(draft.label)) ?? (await tracker.create(draft));
    await noteRemote(query, id, remote, now());
  });
};

/** Tells a ticket what happened to its finding. The state first: that can be done twice without harm. */
export const updateTicket: JobHandler = async (given, context, signal) => {
  const { query, now } = context;
  const { ticket: id, event, comment } = update.parse(given);
  const told = event === undefined ? undefined : updateFor(event);
  await withTicket(context, id, signal, async (ticket, tracker) => {
    const { remote_key: key, url } = ticket;
    if (key === null || url === null) {
      // It was refused for good: there is nothing to update.
      if (ticket.error !== null) return;
      throw new TrackerFailure('the ticket is not made yet', false);
    }
    const finding = await findingForTicket(query, ticket.finding_id, EVERYTHING);
    if (finding === undefined) return;
    if (told?.state !== undefined) {
      // As the finding is now: events may be told out of order.
      const state = finding.state === 'open' || finding.state === 'in-progress' ? 'open' : 'closed';
      await tracker.setState(key, state);
      await noteRemote(query, id, { key, url, status: state, state }, now());
    }
    const text = comment ?? told?.comment;
    if (text !== undefined) await tracker.comment(key, text);
  });
};

async function withTicket(
  context: ServerContext,
  id: string,
  signal: AbortSignal,
  work: (ticket: StoredTicket, tracker: OpenTracker) => Promise<void>,
): Promise<void> {
  const { query } = context;
  const ticket = await findTicket(query, id);
  const stored = ticket && (await findTracker(query, ticket.tracker_id, 'all'));
  if (ticket === undefined || stored?.enabled !== true) return;
  try {
    await work(ticket, openTracker(context, stored, signal));
  } catch (error) {
    await noteTicketError(query, id, wordsOf(error));
    if (!(error instanceof TrackerFailure && error.isFinal)) throw new Error(wordsOf(error));
  }
}

function openTracker(context: ServerContext, stored: StoredTracker, signal: AbortSignal): OpenTracker {
  const kind = trackers.get(stored.kind);
  if (kind === undefined) throw new TrackerFailure(`there is no kind of tracker ${stored.kind}`, true);
  return kind.open(openSettings(context.secrets, stored), trackerCall(context, signal));
}

function wordsOf(error: unknown): string {
  if (error instanceof z.ZodError) return 'the tracker answered with something that is not its answer';
  return error instanceof Error ? error.message : String(error);
}

const refresh = z.object({ tracker: z.uuid(), key: z.string().max(200) });

/** Asks a tracker how one ticket is now, after the tracker has said that it has changed. */
export const refreshTicket: JobHandler = async (given, context, signal) => {
  const { query, now } = context;
  const { tracker, key } = refresh.parse(given);
  const stored = await findTracker(query, tracker, 'all');
  if (stored?.enabled !== true) return;
  const start = now();
  try {
    const remote = await openTracker(context, stored, signal).get(key);
    await query.transaction().execute((transaction) => takeIn(transaction, stored, remote, start));
  } catch (error) {
    // What is refused for good, as when it was deleted there, is refused the next time, too.
    if (!(error instanceof TrackerFailure && error.isFinal)) throw new Error(wordsOf(error));
  }
};

const OVERLAP_MS = 60_000;

/** Asks every tracker what people changed there. One that does not answer holds up no other, and is asked from the same time on in the next round. */
export const pollTrackers: JobHandler = async (_, context, signal) => {
  const { query, now } = context;
  for (const stored of await activeTrackers(query)) {
    const start = now();
    try {
      const since = new Date(stored.polled_at.getTime() - OVERLAP_MS);
      for (const remote of await openTracker(context, stored, signal).changedSince(since, start))
        await query.transaction().execute((transaction) => takeIn(transaction, stored, remote, start));
      await notePoll(query, stored.id, { at: start });
    } catch (error) {
      await notePoll(query, stored.id, { error: wordsOf(error) });
    }
  }
};

async function takeIn(
  query: Query,
  { id: tracker, name }: StoredTracker,
  remote: RemoteTicket,
  now: Date,
): Promise<void> {
  const ticket = await ticketByKey(query, tracker, remote.key);
  // What we changed since the question was asked is newer than the answer: the next round asks for it again.
  if (ticket === undefined || (ticket.synced_at !== null && ticket.synced_at > now)) return;
  const finding = await findingForTicket(query, ticket.finding_id, EVERYTHING);
  if (finding === undefined) return;
  const inbound = inboundOf(ticket.remote_state, remote.state, finding.state);
  await noteRemote(query, ticket.id, remote, now);
  if (inbound.kind === 'nothing') return;
  if (inbound.kind === 'conflict') {
    await addConflict(query, ticket.id, inbound.description, now);
    await enqueueTicketComment(query, ticket.id, inbound.comment, now);
    return;
  }
  const changed = await applyChange(query, finding.id, { kind: inbound.kind }, { actor: undefined, at: now });
  if (!changed.ok) return addConflict(query, ticket.id, changed.error, now);
  await recordAudit(query, {
    principal: undefined,
    action: `finding.${inbound.kind}`,
    subject: finding.id,
    details: { tracker: name, ticket: remote.key, status: remote.status },
    at: now,
  });
}
