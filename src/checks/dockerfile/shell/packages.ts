import type { Command, ShellWord } from '../document.ts';
import { operandsOf } from './options.ts';

/** A program that puts packages in, and what it was told. */
export interface PackageCommand {
  readonly command: Command;
  readonly manager: string;
  readonly verb: ShellWord;
  /** What follows the verb and is no option. */
  readonly operands: readonly ShellWord[];
  readonly isInstall: boolean;
  readonly isUpdate: boolean;
}

interface Manager {
  readonly install: ReadonlySet<string>;
  readonly update: ReadonlySet<string>;
  readonly withValue: ReadonlySet<string>;
}

const manager = (install: string, update: string, withValue = ''): Manager => ({
  install: new Set(install.split(' ')),
  update: new Set(update.split(' ')),
  withValue: new Set(withValue.split(' ')),
});

const apt = manager('install', 'update', '-o -c -t --option --config-file --target-release --default-release');
const rpm = manager(
  'install localinstall groupinstall reinstall',
  'makecache check-update',
  '-c -x --enablerepo --disablerepo --releasever --exclude --installroot --setopt --repo',
);
const managers = new Map<string, Manager>([
  ['apt-get', apt],
  ['apt', apt],
  ['aptitude', apt],
  ['apk', manager('add', 'update', '-X -t -p --repository --virtual --root --keys-dir --repositories-file')],
  ['yum', rpm],
  ['dnf', rpm],
  ['dnf5', rpm],
  ['microdnf', rpm],
  ['tdnf', rpm],
  ['zypper', manager('install in', 'refresh ref', '-R -r --root --repo --from')],
]);

export function packageCommand(command: Command): PackageCommand | undefined {
  const found = managers.get(command.program);
  if (!found) return undefined;
  const [verb, ...operands] = operandsOf(command.arguments, found.withValue);
  if (!verb) return undefined;
  return {
    command,
    manager: command.program,
    verb,
    operands,
    isInstall: found.install.has(verb.value),
    isUpdate: found.update.has(verb.value),
  };
}
