import type { IconName } from '../../../components/icon-paths.ts';

export interface DescribedEvent {
  readonly icon: IconName;
  /** Follows the name of who did it. */
  readonly what: string;
  readonly detail?: string;
}

const KINDS: ReadonlyMap<string, readonly [IconName, string]> = new Map([
  ['opened', ['plus', 'found it first']],
  ['reopened', ['refresh', 'opened it again']],
  ['came-back', ['refresh', 'found it again; what was decided still holds']],
  ['fixed', ['check', 'has proven that it is gone']],
  ['decided', ['exceptions', 'decided about it']],
  ['decision-ended', ['clock', 'took the decision back']],
  ['assigned', ['account', 'assigned it']],
  ['started', ['right', 'started on it']],
  ['stopped', ['left', 'stopped working on it']],
  ['commented', ['comment', 'commented']],
  ['due', ['clock', 'set another date']],
]);

/** An entry of the history in words; kinds of later versions by their name. */
export function describeEvent(kind: string, details: unknown): DescribedEvent {
  const [icon, what] = KINDS.get(kind) ?? ['right', kind.replaceAll('-', ' ')];
  const detail = detailOf(details);
  return { icon, what, ...(detail !== undefined && { detail }) };
}

function detailOf(details: unknown): string | undefined {
  const told =
    textAt(details, 'text') ??
    textAt(details, 'reason') ??
    causeOf(memberOf(details, 'cause')) ??
    textAt(memberOf(details, 'decision'), 'reason');
  const state = textAt(memberOf(details, 'decision'), 'state');
  const due = textAt(details, 'dueAt') ?? textAt(details, 'to');
  const parts = [
    state?.replaceAll('-', ' '),
    /^\d{4}-/.test(due ?? '') ? `due ${due?.slice(0, 10)}` : undefined,
    told,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(': ');
}

const CAUSES: ReadonlyMap<string, string> = new Map([
  ['came-back', 'an artifact has it again'],
  ['exception-expired', 'the exception has ended'],
  ['exception-revoked', 'the exception was revoked'],
  ['decision-withdrawn', 'what decided about it no longer says so'],
  ['advisory-changed', 'the advisory has changed'],
]);

function causeOf(cause: unknown): string | undefined {
  return textAt(cause, 'reason') ?? CAUSES.get(textAt(cause, 'kind') ?? '');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}

function textAt(value: unknown, name: string): string | undefined {
  const text = memberOf(value, name);
  return typeof text === 'string' && text !== '' ? text : undefined;
}
