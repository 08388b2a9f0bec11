import type { SensorEvent } from '../event.ts';

export interface Redaction {
  /** Names of this machine, which become `host`. */
  readonly hostNames: readonly string[];
}

/** Variables that rules ask for and that hold no secrets. */
const keptVariables = new Set([
  'PATH',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'HISTFILE',
  'HOME',
  'SHELL',
  'GCONV_PATH',
  'GLIBC_TUNABLES',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'http_proxy',
  'https_proxy',
  'container',
]);
const SECRET_WORD =
  /((?:passw(?:or)?d|passphrase|token|secret|api[_-]?key|authorization)[=: ]+)(?:(?:bearer|basic) +)?\S+/gi;

/** An event without what nobody but this machine should know: other variables' values, words after `password=` and the like, the host's name. */
export function redactEvent(event: SensorEvent, { hostNames }: Redaction): SensorEvent {
  const clean = (text: string): string => {
    let cleaned = text.replace(SECRET_WORD, '$1<redacted>');
    for (const name of hostNames) cleaned = cleaned.replaceAll(name, 'host');
    return cleaned;
  };
  return {
    ...event,
    path: event.path && clean(event.path),
    newPath: event.newPath && clean(event.newPath),
    exec: event.exec && {
      ...event.exec,
      args: event.exec.args.map(clean),
      env: event.exec.env.flatMap((entry) => keepVariable(entry, clean)),
    },
  };
}

function keepVariable(entry: string, clean: (text: string) => string): string[] {
  const name = entry.slice(0, entry.indexOf('='));
  return keptVariables.has(name) ? [clean(entry)] : [];
}
