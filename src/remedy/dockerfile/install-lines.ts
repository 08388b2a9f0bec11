import { type Dockerfile, packageCommand, type ShellWord } from '#checks/index.ts';

/** A word of a shell command with its place in the file. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Quoted or made of variables: not what it seems, so it is never edited. */
  readonly isPlain: boolean;
}

/** One call of a package manager that installs. */
export interface InstallLine {
  readonly manager: string;
  /** What is to be installed. */
  readonly packages: readonly Word[];
}

export interface InstallLines {
  readonly lines: readonly InstallLine[];
  /** Some RUN instructions are written in a way that is not read here. */
  readonly isPartial: boolean;
}

/** Calls of package managers in RUN instructions, where it is known exactly what stands where. */
export function installLines({ text, instructions }: Dockerfile): InstallLines {
  const runs = instructions.filter(({ keyword, isTrigger }) => keyword === 'RUN' && !isTrigger);
  const commands = runs.flatMap((run) => run.commands);
  const unread = runs.filter((run) => run.commands.length === 0 || run.commands.some(({ isExact }) => !isExact));
  const lines = commands
    .filter(({ isExact }) => isExact)
    .flatMap((command) => packageCommand(command) ?? [])
    .filter(({ isInstall }) => isInstall)
    .map(({ manager, operands }) => ({ manager, packages: operands.map((word) => wordAt(text, word)) }));
  return { lines, isPartial: unread.some(({ start, end }) => mentionsManager(text.slice(start, end))) };
}

function mentionsManager(text: string): boolean {
  return /\b(?:apt|apt-get|apk|dnf|microdnf|yum|tdnf|zypper)\b/.test(text);
}

function wordAt(text: string, { value, start, end }: ShellWord): Word {
  const written = text.slice(start, end);
  return { text: written, start, end, isPlain: written === value && !/[$\\<>*?`]/.test(written) };
}
