import type { z } from 'zod';
import type { Severity } from '#model/index.ts';
import type { TrackerHook } from './hook.ts';

/** A request to a tracker, and what came of it as JSON. Throws `TrackerFailure` for every status but 2xx: the caller tries again later. */
export type TrackerCall = (request: TrackerRequest) => Promise<unknown>;

export interface TrackerRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a ticket is made from. Every text may come from what was scanned: it is hostile. */
export interface TicketDraft {
  /** A label that this ticket alone has: by it one that was made before a crash is found again. */
  readonly label: string;
  readonly title: string;
  readonly facts: TicketFacts;
}

export interface TicketFacts {
  readonly title: string;
  readonly severity: Severity;
  readonly rule: string;
  readonly asset: string;
  readonly team: string;
  /** ISO 8601 date, or empty. */
  readonly due: string;
  readonly finding: string;
}

export interface RemoteTicket {
  /** As the tracker's interface wants it: `SHOP-12`, `12`. */
  readonly key: string;
  /** For people. */
  readonly url: string;
  /** In the tracker's words. */
  readonly status: string;
  readonly state: 'open' | 'in-progress' | 'closed';
}

/** The label that all tickets made by Plimsoll have. */
export const COMMON_LABEL = 'plimsoll';

/** A place where people plan work. A leaf: it makes requests and reads answers, through `call`. */
export interface DeclaredTracker<Settings> {
  /** Public and permanent: `jira`. */
  readonly id: string;
  readonly title: string;
  readonly references: readonly string[];
  readonly settings: z.ZodType<Settings>;
  readonly secrets: readonly (keyof Settings & string)[];
  /** See `DeclaredChannel`. */
  readonly destination: readonly (keyof Settings & string)[];
  readonly hook: TrackerHook;
  create(draft: TicketDraft, settings: Settings, call: TrackerCall): Promise<RemoteTicket>;
  find(label: string, settings: Settings, call: TrackerCall): Promise<RemoteTicket | undefined>;
  /** As it is now. */
  get(key: string, settings: Settings, call: TrackerCall): Promise<RemoteTicket>;
  comment(key: string, text: string, settings: Settings, call: TrackerCall): Promise<void>;
  /** Does nothing when it is so already. */
  setState(key: string, state: 'open' | 'closed', settings: Settings, call: TrackerCall): Promise<void>;
  /** Those of Plimsoll that changed since then, at most some thousand. */
  changedSince(since: Date, now: Date, settings: Settings, call: TrackerCall): Promise<RemoteTicket[]>;
}

/** A tracker with its settings put in. Settings that are not its own throw. */
export interface Tracker extends Pick<DeclaredTracker<unknown>, 'id' | 'title' | 'references' | 'settings'> {
  readonly secrets: readonly string[];
  readonly destination: readonly string[];
  readonly hook: TrackerHook;
  open(settings: unknown, call: TrackerCall): OpenTracker;
}

export interface OpenTracker {
  create(draft: TicketDraft): Promise<RemoteTicket>;
  find(label: string): Promise<RemoteTicket | undefined>;
  get(key: string): Promise<RemoteTicket>;
  comment(key: string, text: string): Promise<void>;
  setState(key: string, state: 'open' | 'closed'): Promise<void>;
  changedSince(since: Date, now: Date): Promise<RemoteTicket[]>;
}

export function declareTracker<Settings>(declared: DeclaredTracker<Settings>): Tracker {
  return {
    ...declared,
    open(given, call) {
      const settings = declared.settings.parse(given);
      return {
        create: (draft) => declared.create(draft, settings, call),
        find: (label) => declared.find(label, settings, call),
        get: (key) => declared.get(key, settings, call),
        comment: (key, text) => declared.comment(key, text, settings, call),
        setState: (key, state) => declared.setState(key, state, settings, call),
        changedSince: (since, now) => declared.changedSince(since, now, settings, call),
      };
    },
  };
}

const PLACES: ReadonlyMap<string, keyof TicketFacts> = new Map(
  (['title', 'severity', 'rule', 'asset', 'team', 'due', 'finding'] as const).map((name) => [`{${name}}`, name]),
);

/** Puts facts into a field of the user's: `{severity}`, `Security: {rule}`. Lists and objects are gone through. */
export function fillField(field: unknown, facts: TicketFacts, depth = 0): unknown {
  if (depth > 5) return null;
  if (typeof field === 'string') return field.replaceAll(/\{[a-z]+\}/g, (place) => factOf(place, facts));
  if (Array.isArray(field)) return field.map((one) => fillField(one, facts, depth + 1));
  if (typeof field !== 'object' || field === null) return field;
  return Object.fromEntries(Object.entries(field).map(([name, one]) => [name, fillField(one, facts, depth + 1)]));
}

function factOf(place: string, facts: TicketFacts): string {
  const name = PLACES.get(place);
  return name === undefined ? place : facts[name];
}

/** The same facts in every tracker. */
export function descriptionLines({ severity, rule, asset, team, due, finding }: TicketFacts): string[] {
  return [
    `Severity: ${severity}`,
    `Rule: ${rule}`,
    `Asset: ${asset}`,
    ...(team === '' ? [] : [`Team: ${team}`]),
    ...(due === '' ? [] : [`Due: ${due}`]),
    `Finding: ${finding}`,
    '',
    'This ticket is closed when scans prove that the finding is gone.',
  ];
}
