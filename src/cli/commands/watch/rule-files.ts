import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuleText } from '#detection/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';

const MAX_RULE_BYTES = 8 * 1024 * 1024;

/** Reads files of rules, and of folders all `.yaml` and `.yml`, in the order of their names. */
export async function readRuleFiles(paths: readonly string[]): Promise<Result<readonly RuleText[]>> {
  const texts: RuleText[] = [];
  for (const path of paths) {
    try {
      const isFolder = (await stat(path)).isDirectory();
      const files = isFolder ? (await readdir(path)).filter((name) => /\.ya?ml$/.test(name)).sort() : [path];
      if (files.length === 0) return err(`${path} holds no rules (.yaml)`);
      for (const file of files) {
        const place = isFolder ? join(path, file) : file;
        if ((await stat(place)).size > MAX_RULE_BYTES) return err(`${place} is larger than ${MAX_RULE_BYTES} bytes`);
        texts.push({ name: place, text: await readFile(place, 'utf8') });
      }
    } catch (error) {
      return err(`rules of ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return ok(texts);
}
