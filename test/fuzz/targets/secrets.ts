import assert from 'node:assert/strict';
import { memoryContent } from '#foundation/index.ts';
import { parseSecretSettings, redactSecrets, secretFindings, secretReader } from '#secrets/index.ts';
import { checkPattern } from '#secrets/pattern/index.ts';
import { ruleFamilies } from '#secrets/rules/index.ts';
import { fillTemplate } from '../../kit/secret-examples.ts';
import { checkProblems, checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const reader = secretReader();
const FINGERPRINT = /^[0-9a-f]{32}$/;

/** One file with the examples of each family of rules. */
function examples(): Buffer[] {
  return ruleFamilies().map(({ rules }) =>
    Buffer.from(
      rules.flatMap((rule) => [...rule.finds, ...rule.ignores].map((text) => fillTemplate(text, rule.id))).join('\n'),
    ),
  );
}

export const secretSearch: FuzzTarget = {
  id: 'secret-search',
  title: 'the search for secrets in texts',
  form: 'text',
  seeds: examples,
  run(bytes) {
    const path = 'srv/app/.env';
    const { fragment, problems } = reader.read({ path, mode: 0o644, ...memoryContent(bytes) });
    checkProblems(problems);
    const lines = bytes.filter((byte) => byte === 0x0a).length + 1;
    for (const { line, fingerprint, preview } of fragment?.secrets ?? []) {
      assert.ok(line >= 1 && line <= lines, `line ${line} of ${lines}`);
      assert.match(fingerprint, FINGERPRINT);
      assert.ok(preview.length <= 80, 'a preview is short');
    }
    if (fragment) {
      const { findings, left } = secretFindings([{ path, fragment, isDeleted: false }]);
      const count = findings.length + left.reduce((sum, one) => sum + one.count, 0);
      assert.ok(count <= fragment.secrets.length && (count > 0 || fragment.secrets.length === 0), 'no secret is lost');
    }
    assert.equal(typeof redactSecrets(Buffer.from(bytes.subarray(0, 20_000)).toString()), 'string');
  },
};

export const secretSettings: FuzzTarget = {
  id: 'secret-settings',
  title: "a user's settings for secrets",
  form: 'json',
  seeds: () =>
    [
      {
        rules: [
          { id: 'corp', title: 'Corp', severity: 'high', form: 'token', anchors: ['corp_'], pattern: 'corp_[a-z]{9}' },
        ],
        disable: ['github-personal-token'],
        allow: [{ reason: 'demo', paths: ['srv/**'], rules: ['corp'], fingerprints: ['0123'] }],
        allowValues: ['^demo'],
      },
      {
        rules: [
          { id: 'a', anchors: ['abc'], pattern: 'abc', reach: 3, span: 90, entropy: 2, value: 'random', check: 'jwt' },
        ],
      },
    ].map((value) => Buffer.from(JSON.stringify(value))),
  run(bytes) {
    const settings = checkResult(parseSecretSettings(parsed(bytes), 'secrets.yaml'));
    if (settings === undefined) return;
    const text = 'corp_abcdefghi abc demo';
    const { fragment } = secretReader(settings).read({ path: 'srv/a', mode: 0, ...memoryContent(Buffer.from(text)) });
    secretFindings([{ path: 'srv/a', fragment: fragment ?? { secrets: [] }, isDeleted: false }], settings);
  },
};

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return null;
  }
}

const HOSTILE = ['a'.repeat(3000), 'ab1 _-='.repeat(400), '0'.repeat(3000)];

/** What is accepted is valid and quick on texts that make careless expressions slow. */
export const secretPattern: FuzzTarget = {
  id: 'secret-pattern',
  title: 'regular expressions of users',
  form: 'text',
  seeds: () =>
    [
      'corp_[a-z0-9]{32}',
      '(?:a|b){1,9}c?',
      '(?<=x)[^\\s"]{1,80}"(?=y)',
      '\\w{1,40}-\\d+',
      '(a+)+b',
      '[a-z]{1,50}[0-9]{1,50}\\b',
    ].map((text) => Buffer.from(text)),
  maxBytes: 400,
  run(bytes) {
    const source = Buffer.from(bytes).toString('latin1');
    if (checkResult(checkPattern(source)) === undefined) return;
    const pattern = new RegExp(source, 'dmy');
    for (const text of HOSTILE) {
      pattern.lastIndex = 0;
      pattern.exec(text);
    }
  },
};
