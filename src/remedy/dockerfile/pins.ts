import type { FixStep } from '../plan/index.ts';
import type { Replacement } from './from.ts';
import type { InstallLine, Word } from './install-lines.ts';

export interface RaisedPins {
  readonly replacements: readonly Replacement[];
  /** Ids of steps that some pin was raised for. */
  readonly done: ReadonlySet<string>;
}

/** Raises the versions that install lines pin, where they pin exactly the one that is to be left. */
export function raisedPins(lines: readonly InstallLine[], steps: readonly FixStep[]): RaisedPins {
  const wanted = new Map(steps.flatMap((step) => step.packages.map((name) => [name, step] as const)));
  const done = new Set<string>();
  const replacements: Replacement[] = [];
  for (const { manager, packages } of lines) {
    for (const word of packages) {
      const pin = word.isPlain ? pinOf(word, manager) : undefined;
      const step = pin && wanted.get(pin.name);
      const to = step && versionFor(manager, step.to);
      if (!pin || !step || to === undefined || pin.version !== versionFor(manager, step.from)) continue;
      replacements.push({ start: pin.start, end: word.end, text: to });
      done.add(step.id);
    }
  }
  return { replacements, done };
}

interface Pin {
  readonly name: string;
  readonly version: string;
  /** Where the version begins in the file. */
  readonly start: number;
}

/** `curl=7.88.1-10`, `curl:amd64=7.88.1-10`; of rpm's kind `curl-7.76.1-26.el9`. */
function pinOf({ text, start }: Word, manager: string): Pin | undefined {
  const isRpm = /^(?:dnf|microdnf|yum|tdnf)$/.test(manager);
  const [, name, sign = '', version] =
    (isRpm
      ? /^([A-Za-z0-9][\w.+-]{0,200})(-)(\d[\w.+~^]{0,100}-[\w.+~^]{1,100})$/
      : /^([A-Za-z0-9][\w.+-]{0,200})(?::[a-z0-9]{1,20})?(==?)([A-Za-z0-9][\w.+:~^-]{0,200})$/
    ).exec(text) ?? [];
  if (name === undefined || version === undefined || sign === '') return undefined;
  return { name, version, start: start + text.length - version.length };
}

/** What the manager takes for the version; undefined for anything that a shell would read otherwise. */
function versionFor(manager: string, version: string): string | undefined {
  const isRpm = /^(?:dnf|microdnf|yum|tdnf)$/.test(manager);
  const text = isRpm ? version.replace(/^\d{1,9}:/, '') : version;
  return /^[A-Za-z0-9][\w.+:^-]*(?:~[\w.+:^-]+)*$/.test(text) && text.length <= 200 ? text : undefined;
}
