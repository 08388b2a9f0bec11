import { ownRules, type RuleSet, type RuleText, readRuleSet } from '#detection/index.ts';
import { ok, printableLines, type Result } from '#foundation/index.ts';
import { readRuleFiles } from '../watch/rule-files.ts';

/** Which rules are meant: files and folders, and those that come with the program. */
export interface RuleFlags {
  readonly rules: readonly string[];
  readonly ownRules: boolean;
}

/** Reads rules; without any named those that come with the program. */
export async function readRules(
  paths: readonly string[],
  withOwn: boolean,
): Promise<Result<{ texts: readonly RuleText[]; set: RuleSet }>> {
  const own = withOwn || paths.length === 0 ? await ownRules() : [];
  const named = await readRuleFiles(paths);
  if (!named.ok) return named;
  const texts = [...own, ...named.value];
  return ok({ texts, set: readRuleSet(texts) });
}

export function complain(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`plimsoll: ${printableLines(line)}\n`);
}

export function print(lines: readonly string[]): void {
  process.stdout.write(printableLines(`${lines.join('\n')}\n`));
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
