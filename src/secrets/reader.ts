import { createHash } from 'node:crypto';
import type { AnchorHit, InputFile, PathPattern, Reader, Reading } from '#artifact/index.ts';
import type { Problem } from '#foundation/index.ts';
import { describeSecrets } from './describe.ts';
import type { SecretFragment } from './finding.ts';
import { builtInRules } from './rules/index.ts';
import { compileRules } from './search/rule-set.ts';
import { type Found, searchSecrets } from './search/search.ts';
import { noSettings, type SecretSettings } from './settings/settings.ts';

/** Raised when the same rules find something else. */
const REVISION = 1;

const MAX_BYTES = 32 * 1024 * 1024;

/** Text of any kind, and compiled Python, which keeps its constants as they were written. */
const files: readonly PathPattern[] = [
  { kind: 'content', is: ['text', 'script'], maxBytes: MAX_BYTES },
  { kind: 'suffix', suffix: '.pyc', maxBytes: MAX_BYTES },
];

/** Whose readings `secretFindings` takes. */
export const secretReaderId = 'secrets';

/** Finds secrets in files. Made from plain data, so that every analysis thread makes its own. */
export function secretReader(settings: SecretSettings = noSettings): Reader<SecretFragment> {
  const rules = compileRules(settings);
  return {
    id: secretReaderId,
    revision: revisionOf(settings),
    files,
    anchors: rules.anchors,
    read: (file, hits) => readSecrets(file, searchSecrets(rules, file.path, file.bytes(), hits ?? hitsIn(file))),
  };

  function hitsIn(file: InputFile): readonly AnchorHit[] {
    const hits: AnchorHit[] = [];
    rules.search.find(file.bytes(), (anchor, offset) => hits.push({ anchor, offset }));
    return hits;
  }
}

/** Follows the rules, so that an edited rule is never answered from a cache. */
function revisionOf({ rules = [], allowedValues = [] }: SecretSettings): number {
  const hash = createHash('sha256').update(JSON.stringify([REVISION, builtInRules(), rules, allowedValues]));
  return hash.digest().readUIntBE(0, 6);
}

function readSecrets(file: InputFile, found: Found): Reading<SecretFragment> {
  const problems = problemsOf(found, file.path);
  const { secrets, allowedByValue } = found;
  if (secrets.length === 0 && allowedByValue === 0) return { problems };
  const described = describeSecrets(secrets, file.path, file.bytes());
  return { fragment: { secrets: described, ...(allowedByValue > 0 && { allowedByValue }) }, problems };
}

function problemsOf({ uncounted, curtailed }: Found, path: string): Problem[] {
  const problems: Problem[] = [];
  if (uncounted > 0)
    problems.push({
      code: 'secrets-uncounted',
      message: 'a file holds more secrets than are listed; the first ones of each rule are',
      effect: 'incomplete',
      subject: path,
      count: uncounted,
    });
  if (curtailed > 0)
    problems.push({
      code: 'secret-search-curtailed',
      message: 'a file is so full of words that announce secrets that it was not searched to its end by every rule',
      effect: 'incomplete',
      subject: path,
    });
  return problems;
}
