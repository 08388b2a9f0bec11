import { type FindingState, isOpenState } from '#findings/index.ts';

/** What is told of a finding to follow its life. */
export interface FindingHistory {
  readonly firstSeenAt: Date;
  readonly state: FindingState;
  readonly fixedAt: Date | null;
  readonly dueAt: Date | null;
  /** When the weakness was published; undefined when nobody says. */
  readonly publishedAt: Date | undefined;
  /** When the asset was first known. */
  readonly assetSeenAt: Date;
  /** In the order in which they happened. */
  readonly events: readonly HistoryEvent[];
}

export interface HistoryEvent {
  readonly at: Date;
  readonly kind: string;
  /** By a person. */
  readonly byPerson: boolean;
  /** The state after it, where it changed one. */
  readonly to: string | undefined;
  /** Of a changed due date; null: none. */
  readonly due?: { readonly from: Date | null; readonly to: Date | null };
}

/** One time of being open. */
export interface Episode {
  readonly from: Date;
  readonly to: Date | undefined;
  readonly end: 'fixed' | 'accepted' | 'noise' | undefined;
  /** When a person first did something about it. */
  readonly heardAt: Date | undefined;
  readonly isReopened: boolean;
  /** When it ended, or now. */
  readonly dueAt: Date | null;
}

export interface FindingLife {
  readonly episodes: readonly Episode[];
  /** Times of being accepted. */
  readonly accepted: readonly { readonly from: Date; readonly to: Date | undefined }[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const HEARD: ReadonlySet<string> = new Set(['assigned', 'started', 'commented', 'decided']);

/** Follows a finding through its history. What the history does not tell, the finding's own state does. */
export function lifeOf(history: FindingHistory): FindingLife {
  const episodes: Writable<Episode>[] = [opening(history.firstSeenAt, false, firstDue(history))];
  const accepted: { from: Date; to: Date | undefined }[] = [];
  let state: string = 'open';
  for (const event of history.events) {
    const current = episodes.at(-1);
    if (current === undefined) break;
    const isOpen = current.to === undefined;
    if (isOpen && event.byPerson && HEARD.has(event.kind)) current.heardAt ??= event.at;
    if (event.kind === 'due-changed' && isOpen) current.dueAt = event.due?.to ?? null;
    const next = stateAfter(event);
    if (next === undefined || next === state) continue;
    if (state === 'accepted') endAccepted(accepted, event.at);
    if (next === 'accepted') accepted.push({ from: event.at, to: undefined });
    if (isOpen && !isOpenWord(next)) close(current, event.at, next);
    if (!isOpen && isOpenWord(next)) episodes.push(opening(event.at, true, history.dueAt));
    state = next;
  }
  settle(episodes, history);
  return { episodes, accepted };
}

function opening(from: Date, isReopened: boolean, dueAt: Date | null): Writable<Episode> {
  return { from, to: undefined, end: undefined, heardAt: undefined, isReopened, dueAt };
}

/** The date before it was changed for the first time. */
function firstDue({ dueAt, events }: FindingHistory): Date | null {
  const changed = events.find(({ due }) => due !== undefined);
  return changed?.due === undefined ? dueAt : changed.due.from;
}

function stateAfter({ kind, to }: HistoryEvent): string | undefined {
  if (kind === 'fixed') return 'fixed';
  return kind === 'decided' || kind === 'reopened' || kind === 'came-back' ? to : undefined;
}

function isOpenWord(word: string): boolean {
  return word === 'open' || word === 'in-progress';
}

function close(episode: Writable<Episode>, at: Date, state: string): void {
  episode.to = at;
  episode.end = state === 'fixed' ? 'fixed' : state === 'accepted' ? 'accepted' : 'noise';
}

function endAccepted(accepted: { to: Date | undefined }[], at: Date): void {
  const last = accepted.at(-1);
  if (last && last.to === undefined) last.to = at;
}

/** Rows that came without a history say at least where they stand. */
function settle(episodes: Writable<Episode>[], { state, fixedAt }: FindingHistory): void {
  const last = episodes.at(-1);
  if (last === undefined || last.to !== undefined || isOpenState(state)) return;
  if (state === 'fixed') close(last, fixedAt ?? last.from, state);
  else close(last, last.from, state);
}
