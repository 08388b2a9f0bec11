import { contentAt, type Evidence, EvidenceMissing, fileAt } from '#posture/index.ts';
import { entriesOf, processesOf } from '../host-check.ts';

/** A line of sshd's configuration, in the order in which sshd meets it. */
export interface Setting {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** Of the Match block that it is in: `User backup`. */
  readonly condition?: string;
}

const MAIN = '/etc/ssh/sshd_config';
const DIRECTORY = '/etc/ssh/sshd_config.d';
const MAX_SETTINGS = 10_000;

/** What sshd runs with. @returns `none` where there is no sshd */
export function sshSettings(evidence: Evidence): readonly Setting[] | 'none' {
  const running = 'known' in evidence.processes ? processesOf(evidence).filter(({ name }) => name === 'sshd') : [];
  if (running.length === 0 && fileAt(evidence, '/usr/sbin/sshd') === 'absent') return 'none';
  const words = running.find(({ arguments: all }) => all.length > 1)?.arguments ?? [];
  if (words.includes('-f')) throw new EvidenceMissing('sshd was started with a configuration of another place (-f)');
  const content = contentAt(evidence, MAIN);
  return [...fromOptions(words), ...(content === 'absent' ? [] : settingsOf(evidence, MAIN, content))];
}

/** `-o PermitRootLogin=no` comes before all files. */
function fromOptions(words: readonly string[]): Setting[] {
  return words.flatMap((word, index) => {
    const line = word === '-o' ? words[index + 1] : /^-o(.{1,512})$/.exec(word)?.[1];
    const parsed = line === undefined ? undefined : parseLine(line);
    return parsed ? [{ ...parsed, path: 'the command line of sshd' }] : [];
  });
}

/** An included file's Match ends with the file, as the one around it goes on after it; see sshd_config(5). */
function settingsOf(evidence: Evidence, path: string, content: string, outer?: string): Setting[] {
  const settings: Setting[] = [];
  let condition = outer;
  for (const line of content.split('\n').slice(0, MAX_SETTINGS)) {
    const parsed = parseLine(line);
    if (parsed === undefined) continue;
    if (parsed.name === 'match') condition = /^all$/i.test(parsed.value) ? outer : parsed.value;
    else if (parsed.name === 'include' && path === MAIN) settings.push(...included(evidence, parsed.value, condition));
    else settings.push({ ...parsed, path, ...(condition !== undefined && { condition }) });
  }
  return settings;
}

/** What is included from elsewhere than the usual directory is not in the evidence: its line stands for all that it may say. */
function included(evidence: Evidence, patterns: string, condition: string | undefined): Setting[] {
  return patterns.split(/\s+/).flatMap((pattern) => {
    if (!/^(?:\/etc\/ssh\/)?sshd_config\.d\/\*(?:\.conf)?$/.test(pattern))
      return [{ name: 'include', value: pattern, path: MAIN }];
    const entries = entriesOf(evidence, DIRECTORY);
    const files = entries === 'absent' ? [] : entries.map(({ path }) => path).sort();
    return files
      .filter((path) => !pattern.endsWith('.conf') || path.endsWith('.conf'))
      .flatMap((path) => {
        const content = contentAt(evidence, path);
        return content === 'absent' ? [] : settingsOf(evidence, path, content, condition);
      });
  });
}

/** `Name value`, `Name=value`, quotes around the value. */
function parseLine(line: string): Pick<Setting, 'name' | 'value'> | undefined {
  const match = /^([A-Za-z][A-Za-z0-9]{1,64})(?:\s{1,64}|\s{0,64}=\s{0,64})(\S.{0,4096})$/.exec(line.trim());
  const [, name = '', value = ''] = match ?? [];
  return match ? { name: name.toLowerCase(), value: value.replace(/^"([^"]*)"$/, '$1').trim() } : undefined;
}

/** The value that holds for everybody: sshd takes the first that it meets. Ends with missing evidence where an unread file comes before. */
export function valueForAll(settings: readonly Setting[], name: string): Setting | undefined {
  for (const setting of settings) {
    if (setting.name === 'include')
      throw new EvidenceMissing(`sshd includes ${setting.value}, which was not collected`);
    if (setting.name === name && setting.condition === undefined) return setting;
  }
  return undefined;
}

/** The values that hold for some only. */
export function conditionalValues(settings: readonly Setting[], name: string): Setting[] {
  return settings.filter((setting) => setting.name === name && setting.condition !== undefined);
}
