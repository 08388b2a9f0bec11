import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchSettings } from '#analysis/index.ts';
import type { CheckSettings } from '#checks/index.ts';
import { err, ok, type Problem, type Result } from '#foundation/index.ts';
import { checkMalwareRules, loadHashLists, type MalwareSettings, type RuleSource } from '#malware/index.ts';
import type { Scanner } from '#scan/index.ts';
import { parseSecretSettings, type SecretSettings } from '#secrets/index.ts';

/** What the user has to say about what is looked for. */
export interface SearchFlags {
  /** `.plimsoll/secrets.yaml` when absent and there. */
  readonly secretSettings?: string;
  /** Files and directories of rules beside those in `.plimsoll/malware`. */
  readonly malwareRules: readonly string[];
  readonly malwareHashes: readonly string[];
  /** Ids of checks that are not asked. */
  readonly skipChecks?: readonly string[];
}

interface Loaded {
  readonly search: SearchSettings;
  readonly problems: readonly Problem[];
}

const SECRET_SETTINGS = '.plimsoll/secrets.yaml';
const MALWARE_RULES = '.plimsoll/malware';
const MAX_SETTINGS_BYTES = 512 * 1024;
const MAX_RULE_BYTES = 8 * 1024 * 1024;
const MAX_RULE_FILES = 1000;

/** Reads the settings of the scanners that are wanted; an error says which file is wrong and how. */
export async function loadSearchSettings(flags: SearchFlags, scanners: ReadonlySet<Scanner>): Promise<Result<Loaded>> {
  const secrets = scanners.has('secret') ? await secretSettings(flags) : ok(undefined);
  if (!secrets.ok) return secrets;
  const malware = scanners.has('malware') ? malwareSettings(flags) : ok(undefined);
  if (!malware.ok) return malware;
  return ok({
    search: {
      ...(secrets.value && { secrets: secrets.value }),
      ...(malware.value && { malware: malware.value.settings }),
      ...(scanners.has('misconfiguration') && { checks: checkSettings(flags) }),
    },
    problems: malware.value?.problems ?? [],
  });
}

function checkSettings({ skipChecks }: SearchFlags): CheckSettings {
  return { today: new Date().toISOString(), ...(skipChecks && { disabled: skipChecks }) };
}

async function secretSettings({ secretSettings: named }: SearchFlags): Promise<Result<SecretSettings>> {
  const file = named ?? (existsSync(SECRET_SETTINGS) ? SECRET_SETTINGS : undefined);
  if (file === undefined) return ok({});
  const text = readBounded(file, MAX_SETTINGS_BYTES);
  if (!text.ok) return text;
  const { parse } = await import('yaml');
  try {
    return parseSecretSettings(parse(text.value, { maxAliasCount: 0 }), file);
  } catch (error) {
    return err(`${file}: not valid YAML: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`);
  }
}

function malwareSettings({
  malwareRules,
  malwareHashes,
}: SearchFlags): Result<{ settings: MalwareSettings; problems: readonly Problem[] }> {
  const places = [...(existsSync(MALWARE_RULES) ? [MALWARE_RULES] : []), ...malwareRules];
  const rules: RuleSource[] = [];
  for (const path of places.flatMap(ruleFiles)) {
    const text = readBounded(path, MAX_RULE_BYTES);
    if (!text.ok) return text;
    rules.push({ path, text: text.value });
  }
  const checked = checkMalwareRules({ rules });
  if (!checked.ok) return checked;
  if (malwareHashes.length === 0) return ok({ settings: { rules }, problems: [] });
  const loaded = loadHashLists(malwareHashes);
  return loaded.ok ? ok({ settings: { rules, hashes: loaded.value.hashes }, problems: loaded.value.problems }) : loaded;
}

/** A file, or the rule files directly in a directory. */
function ruleFiles(place: string): string[] {
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [place];
  const names = readdirSync(place).filter((name) => /\.yara?$/.test(name));
  return names
    .sort()
    .slice(0, MAX_RULE_FILES)
    .map((name) => join(place, name));
}

function readBounded(path: string, maxBytes: number): Result<string> {
  try {
    const { size } = statSync(path);
    return size > maxBytes
      ? err(`${path} has ${size} bytes; more than ${maxBytes} are not read`)
      : ok(readFileSync(path, 'utf8'));
  } catch (error) {
    return err(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
