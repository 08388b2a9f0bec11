import type { FindingDetails } from './details.ts';

/** What to do to be rid of a finding, in steps that can be copied. */
export interface Fix {
  readonly text: string;
  readonly code: string | undefined;
  readonly label: string;
}

/** A word that a shell takes as it stands; others are put in quotes. */
function word(text: string): string {
  return /^[\w@%+=:,./~^-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Upgrades in the words of each ecosystem's own tool. */
const UPGRADES: ReadonlyMap<string, (name: string, version: string) => string> = new Map([
  ['deb', (name, version) => `apt-get update && apt-get install --only-upgrade ${word(`${name}=${version}`)}`],
  ['rpm', (name, version) => `dnf upgrade ${word(`${name}-${version.replace(/^\d+:/, '')}`)}`],
  ['apk', (name, version) => `apk add --upgrade ${word(`${name}>=${version}`)}`],
  ['npm', (name, version) => `npm install ${word(`${name}@${version}`)}`],
  ['pypi', (name, version) => `pip install ${word(`${name}>=${version}`)}`],
  ['gem', (name, version) => `bundle update ${word(name)} --conservative   # to ${version}`],
  [
    'golang',
    (name, version) => `go get ${word(`${name}@${version.startsWith('v') ? version : `v${version}`}`)} && go mod tidy`,
  ],
  ['cargo', (name, version) => `cargo update -p ${word(name)} --precise ${word(version)}`],
  ['nuget', (name, version) => `dotnet add package ${word(name)} --version ${word(version)}`],
  ['composer', (name, version) => `composer require ${word(`${name}:${version}`)}`],
]);

/** Undefined where nobody has said how: that is said as well. */
export function fixOf(
  details: FindingDetails,
  { kind, rule, asset }: { readonly kind: string; readonly rule: string; readonly asset: string },
): Fix | undefined {
  const { package: owner, fixedVersion, remediation } = details;
  if (kind === 'vulnerability' && owner !== undefined && fixedVersion !== undefined) {
    const text = `Upgrade ${owner.name} from ${owner.version} to ${fixedVersion} or later.${inBase(details)}`;
    return { text, code: UPGRADES.get(owner.type)?.(owner.name, fixedVersion), label: 'Command' };
  }
  if (details.canFix && details.place !== undefined) {
    const warning = details.fixMayBreak === undefined ? '' : ` It may break something: ${details.fixMayBreak}`;
    return {
      text: `${remediation ?? 'Plimsoll can make the change itself.'}${warning}`,
      code: `plimsoll fix . --only ${word(rule)}${details.fixMayBreak === undefined ? '' : ' --breaking'}`,
      label: `Command, in the checkout of ${asset}`,
    };
  }
  return remediation === undefined ? undefined : { text: remediation, code: undefined, label: '' };
}

function inBase({ package: owner }: FindingDetails): string {
  return owner?.part === 'base' ? ' It came with the base image: a newer base image may have it already.' : '';
}

const WITHOUT_FIX: ReadonlyMap<string, string> = new Map([
  ['will-not-fix', 'The publisher says that it will not be fixed in this release.'],
  ['deferred', 'The publisher has put the fix off.'],
  ['affected', 'There is no fixed version yet.'],
  ['under-investigation', 'The publisher is still looking into it.'],
  ['end-of-life', 'The release is at its end of life: there will be no fix. Move to a newer one.'],
]);

/** Why there is no fix, where the publisher says so. */
export function withoutFix({ publisherState }: FindingDetails): string {
  return WITHOUT_FIX.get(publisherState ?? '') ?? 'Nobody has said how to fix it. Its references may.';
}
