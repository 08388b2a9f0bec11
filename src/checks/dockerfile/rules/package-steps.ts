import type { CheckHit } from '../../check.ts';
import type { Command, Dockerfile, Instruction, ShellWord } from '../document.ts';
import { instructionsOf, shippedInstructions } from '../rule.ts';
import { type PackageCommand, packageCommand } from '../shell/packages.ts';

/** A step with the package managers that it runs. */
interface StepPackages {
  readonly run: Instruction;
  readonly commands: readonly PackageCommand[];
}

function stepsOf(runs: readonly Instruction[]): StepPackages[] {
  return runs.flatMap((run) => {
    const commands = run.commands.flatMap((command) => packageCommand(command) ?? []);
    return commands.length === 0 ? [] : [{ run, commands }];
  });
}

export const allSteps = (dockerfile: Dockerfile) => stepsOf(instructionsOf(dockerfile, 'RUN'));
export const shippedSteps = (dockerfile: Dockerfile) => stepsOf(shippedInstructions(dockerfile, 'RUN'));

export function installs(commands: readonly PackageCommand[], ...managers: readonly string[]): PackageCommand[] {
  return commands.filter(({ manager, isInstall }) => isInstall && managers.includes(manager));
}

export function insertBehind({ isExact }: Command, { end }: ShellWord, text: string): Pick<CheckHit, 'fix'> {
  return isExact ? { fix: [{ start: end, end, text }] } : {};
}

/** Whether a cache or memory is mounted at a directory: what is written there is not in the image. */
export function isMounted({ flags }: Instruction, directory: string): boolean {
  return flags.some(({ name, value = '' }) => {
    if (name !== 'mount' || !/(?:^|,)type=(?:cache|tmpfs)(?:,|$)/.test(value)) return false;
    const target = /(?:^|,)(?:target|dst|destination)=([^,]{1,300})/.exec(value)?.[1]?.replace(/\/$/, '') ?? '';
    return (
      target !== '' &&
      (directory === target || directory.startsWith(`${target}/`) || target.startsWith(`${directory}/`))
    );
  });
}

/** Whether the step deletes what is in a directory. */
export function deletes({ commands }: Instruction, directory: string): boolean {
  return commands.some(({ program, arguments: words }) => {
    if (program !== 'rm' && program !== 'find') return false;
    return words.some(({ value }) => {
      const path = value.replace(/\/?(?:\*|\{.{0,100}\})?$/, '');
      return path === directory || directory.startsWith(`${path}/`) || path.startsWith(`${directory}/`);
    });
  });
}
