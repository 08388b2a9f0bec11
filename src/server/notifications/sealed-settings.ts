import { err, ok, type Result } from '#foundation/index.ts';
import type { Channel } from '#notifications/index.ts';
import type { FieldProblem } from '../request-problem.ts';
import type { SecretBox } from '../secrets/index.ts';

type Settings = Readonly<Record<string, unknown>>;

/** What a kind of channel or tracker says of its settings. */
export type Kind = Pick<Channel, 'settings' | 'secrets' | 'destination'>;

interface Stored {
  readonly id: string;
  readonly settings: Settings;
  /** Bound to the id: put beside other settings it does not open. */
  readonly sealed: string;
}

/** The settings of a stored channel or tracker, with its secrets. Throws when the key file is another one. */
export function openSettings(secrets: SecretBox, { id, settings, sealed }: Stored): Settings {
  const opened: unknown = JSON.parse(secrets.open(sealed, `settings ${id}`));
  return { ...settings, ...(typeof opened === 'object' ? opened : {}) };
}

/** How they are kept: what is secret apart, sealed for this one alone. */
export function sealSettings(
  secrets: SecretBox,
  kind: Kind,
  id: string,
  settings: Settings,
): { readonly settings: Settings; readonly sealed: string } {
  const isSecret = ([name]: [string, unknown]) => kind.secrets.includes(name);
  const entries = Object.entries(settings);
  return {
    settings: Object.fromEntries(entries.filter((entry) => !isSecret(entry))),
    sealed: secrets.seal(JSON.stringify(Object.fromEntries(entries.filter(isSecret))), `settings ${id}`),
  };
}

/** Settings as the kind wants them, or what is wrong with which. */
export function readSettings(kind: Kind, settings: Settings): Result<Settings, readonly FieldProblem[]> {
  const read = kind.settings.safeParse(settings);
  if (read.success) return ok({ ...(typeof read.data === 'object' ? read.data : {}) });
  const fields = read.error.issues.map(({ path, message }) => ({
    field: ['body', 'settings', ...path.map(String)].join('.'),
    message,
  }));
  return err(fields);
}

/**
 * What a change of settings makes of those before: secrets that are not given stay. Where they are sent cannot be changed without giving them again,
 * or whoever may change a channel could have its secrets sent to themselves.
 */
export function mergeSettings(
  kind: Kind,
  before: Settings,
  given: Settings,
): Result<Settings, readonly FieldProblem[]> {
  const kept = kind.secrets.filter((name) => before[name] !== undefined && given[name] === undefined);
  const moved = kind.destination.filter((name) => given[name] !== undefined && given[name] !== before[name]);
  if (moved.length > 0 && kept.length > 0)
    return err(
      kept.map((name) => ({
        field: `body.settings.${name}`,
        message: `Give it again: ${moved.join(', ')} is another one, and says where it is sent.`,
      })),
    );
  return ok({ ...given, ...Object.fromEntries(kept.map((name) => [name, before[name]])) });
}
