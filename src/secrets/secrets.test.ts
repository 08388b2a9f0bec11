import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ImageConfig } from '#artifact/index.ts';
import { inputFile } from '../../test/kit/input-file.ts';
import { fillTemplate } from '../../test/kit/secret-examples.ts';
import { parseSecretSettings, type SecretReading, secretFindings, secretReader, secretsInConfig } from './index.ts';
import { redactSecrets } from './redact.ts';

const githubToken = fillTemplate('{checksum-base62:ghp_}', 'token');
const password = fillTemplate('{password}', 'password');
const reader = secretReader();

function reading(path: string, text: string, more: Partial<SecretReading> = {}): SecretReading {
  const { fragment } = reader.read(inputFile(path, text));
  return { path, fragment: fragment ?? { secrets: [] }, isDeleted: false, ...more };
}

describe('reading a file', () => {
  test('a secret is told by rule, line and fingerprint, and never kept', () => {
    const { fragment, problems } = reader.read(inputFile('srv/app/a.js', `\n\nconst token = '${githubToken}';\n`));
    assert.deepEqual(problems, []);
    assert.equal(fragment?.secrets.length, 1);
    const [secret] = fragment?.secrets ?? [];
    assert.deepEqual(
      [secret?.rule, secret?.line, secret?.confidence, secret?.preview],
      ['github-personal-token', 3, 'verified', 'ghp_… (40 characters)'],
    );
    assert.ok(!JSON.stringify(fragment).includes(githubToken.slice(5)));
  });

  test('where a special rule finds something, a generic one is silent', () => {
    const key = fillTemplate('{base64:40}', 'aws');
    const { fragment } = reader.read(inputFile('srv/.env', `AWS_SECRET_ACCESS_KEY=${key}\n`));
    assert.deepEqual(
      fragment?.secrets.map((secret) => secret.rule),
      ['aws-secret-access-key'],
    );
  });

  test('fingerprints: of the value for tokens, of the place for passwords', () => {
    const one = reading('a/.env', `DB_PASSWORD=${password}\nGH=${githubToken}\n`).fragment.secrets;
    const two = reading('b/.env', `DB_PASSWORD=${password}\nGH=${githubToken}\n`).fragment.secrets;
    const changed = reading('a/.env', 'DB_PASSWORD=an0ther-one!\n').fragment.secrets;
    assert.equal(one[1]?.fingerprint, two[1]?.fingerprint);
    assert.notEqual(one[0]?.fingerprint, two[0]?.fingerprint);
    assert.equal(one[0]?.fingerprint, changed[0]?.fingerprint);
    assert.equal(one[0]?.preview, '(redacted)');
  });

  test('more than are listed are counted', () => {
    const lines = Array.from({ length: 60 }, (_, index) => fillTemplate('dop_v1_{hex:64}', `many ${index}`));
    const { fragment, problems } = reader.read(inputFile('a.txt', lines.join('\n')));
    assert.equal(fragment?.secrets.length, 50);
    assert.deepEqual(
      problems.map(({ code, count }) => [code, count]),
      [['secrets-uncounted', 10]],
    );
  });

  test('a file made of anchors is searched as far as is reasonable', () => {
    const { problems } = reader.read(inputFile('a.txt', 'private key-----'.repeat(60_000)));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['secret-search-curtailed'],
    );
  });

  test('edited rules have another revision', () => {
    const rule = parseSecretSettings({ rules: [{ id: 'mine', anchors: ['abc'], pattern: 'abc' }] }, 's');
    assert.ok(rule.ok);
    assert.notEqual(secretReader(rule.value).revision, reader.revision);
    assert.equal(secretReader().revision, reader.revision);
    assert.ok(Number.isSafeInteger(reader.revision));
  });
});

describe('findings', () => {
  test('what a later layer deleted is still there', () => {
    const { findings } = secretFindings([reading('srv/a', githubToken, { isDeleted: true })]);
    assert.equal(findings[0]?.location?.isDeleted, true);
    assert.equal(findings[0]?.kind, 'secret');
  });

  test('a file that several layers have counts once, as it is in the newest', () => {
    const deleted = reading('srv/a', githubToken, { isDeleted: true });
    const { findings } = secretFindings([deleted, reading('srv/a', `# changed\n${githubToken}`), deleted]);
    assert.deepEqual(
      findings.map(({ location }) => [location?.line, location?.isDeleted]),
      [[2, undefined]],
    );
  });

  test('published places are counted, unless a checksum is right', () => {
    const key = fillTemplate('{pem:PRIVATE KEY}', 'doc');
    const { findings, left } = secretFindings([
      reading('usr/share/doc/a/key.pem', key),
      reading('usr/share/doc/a/token', githubToken),
    ]);
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['github-personal-token'],
    );
    assert.deepEqual(left, [{ by: 'documentation', count: 1 }]);
  });

  test('worst first, then by path', () => {
    const stripe = fillTemplate('sk_test_{alnum:40}', 's');
    const { findings } = secretFindings([reading('b', githubToken), reading('a', `${stripe}\n${githubToken}`)]);
    assert.deepEqual(
      findings.map(({ severity, location }) => [severity, location?.path]),
      [
        ['critical', 'a'],
        ['critical', 'b'],
        ['low', 'a'],
      ],
    );
  });
});

describe('settings', () => {
  const settingsOf = (value: unknown) => {
    const settings = parseSecretSettings(value, 'secrets.yaml');
    assert.ok(settings.ok, settings.ok ? '' : settings.error);
    return settings.value;
  };

  test('a rule of the user', () => {
    const settings = settingsOf({
      rules: [
        {
          id: 'corp',
          title: 'Corp token',
          severity: 'medium',
          form: 'token',
          anchors: ['corp_'],
          pattern: 'corp_[a-z0-9]{16}',
        },
      ],
    });
    const text = fillTemplate('corp_{lower-alnum:16}', 'corp');
    const { fragment } = secretReader(settings).read(inputFile('a', text));
    const { findings } = secretFindings(
      [{ path: 'a', fragment: fragment ?? { secrets: [] }, isDeleted: false }],
      settings,
    );
    assert.deepEqual(
      findings.map(({ id, title, severity }) => [id, title, severity]),
      [['corp', 'Corp token', 'medium']],
    );
  });

  test('disabled, allowed by rule and path, by fingerprint, by value', () => {
    const found = reading('srv/demo/a', githubToken);
    const fingerprint = found.fragment.secrets[0]?.fingerprint;
    const disabled = secretFindings([found], settingsOf({ disable: ['github-personal-token'] }));
    assert.deepEqual([disabled.findings, disabled.left], [[], [{ by: 'disabled', count: 1 }]]);
    for (const allowance of [
      { paths: ['srv/demo/**'], rules: ['github-personal-token'] },
      { fingerprints: [fingerprint] },
    ]) {
      const { findings } = secretFindings([found], settingsOf({ allow: [{ reason: 'of the demo', ...allowance }] }));
      assert.deepEqual(findings[0]?.decision, {
        source: 'exception',
        state: 'accepted',
        reason: 'of the demo',
        statedIn: 'secrets.yaml',
      });
    }
    const elsewhere = secretFindings([found], settingsOf({ allow: [{ reason: 'r', paths: ['srv/other/**'] }] }));
    assert.equal(elsewhere.findings[0]?.decision, undefined);
    const byValue = settingsOf({ allowValues: ['^ghp_'] });
    const { fragment } = secretReader(byValue).read(inputFile('a', githubToken));
    assert.deepEqual(fragment, { secrets: [], allowedByValue: 1 });
  });

  test('nothing is the same as no settings', () => {
    assert.deepEqual(secretFindings([reading('a', githubToken)], settingsOf(null)).findings.length, 1);
  });

  const faults: readonly (readonly [value: unknown, words: RegExp])[] = [
    [[], /must be a mapping/],
    [{ rule: [] }, /no setting rule/],
    [{ rules: {} }, /must be a list/],
    [{ rules: [{ id: 'a b' }] }, /item 1|a b has no id/],
    [{ rules: [{ id: 'mine', anchors: ['ab'], pattern: 'ab' }] }, /mine needs 1 to/],
    [{ rules: [{ id: 'mine', anchors: ['abc'], pattern: '(a+)+' }] }, /mine has a pattern that can take very long/],
    [{ rules: [{ id: 'mine', anchors: ['abc'], pattern: 'abc', form: 'x' }] }, /unknown form/],
    [{ rules: [{ id: 'mine', anchors: ['abc'], pattern: 'abc', check: 'x' }] }, /unknown check/],
    [{ rules: [{ id: 'mine', anchors: ['abc'], pattern: 'abc', span: 1e9 }] }, /out of bounds/],
    [{ rules: Array(2).fill({ id: 'mine', anchors: ['abc'], pattern: 'abc' }) }, /there twice/],
    [{ disable: ['nope'] }, /no rule nope/],
    [{ allow: [{ paths: ['a'] }] }, /gives no reason/],
    [{ allow: [{ reason: 'r' }] }, /neither rules/],
    [{ allow: [{ reason: 'r', rules: ['nope'] }] }, /rule that there is not/],
    [{ allow: [{ reason: 'r', path: ['a'] }] }, /a member path/],
    [{ allowValues: ['('] }, /allowValues/],
  ];
  for (const [value, words] of faults) {
    test(JSON.stringify(value).slice(0, 60), () => {
      const settings = parseSecretSettings(value, 'secrets.yaml');
      assert.ok(!settings.ok);
      assert.match(settings.error, words);
      assert.match(settings.error, /^secrets\.yaml: /);
    });
  }
});

describe('configuration of an image', () => {
  const empty: ImageConfig = {
    env: [],
    entrypoint: [],
    cmd: [],
    exposedPorts: [],
    volumes: [],
    labels: {},
    history: [],
  };

  test('all of its parts', () => {
    const findings = secretsInConfig({
      ...empty,
      env: ['PATH=/usr/bin', `DB_PASSWORD=${password}`, 'GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D'],
      labels: { token: githubToken },
      entrypoint: ['serve', '--url', `redis://:${password}@cache.corp.net:6379`],
      history: [
        { createdBy: `ENV DB_PASSWORD=${password}`, emptyLayer: true },
        { createdBy: `RUN |1 GH_TOKEN=${githubToken} /bin/sh -c make`, emptyLayer: false },
        { createdBy: `RUN /bin/sh -c curl -u bob:${password} https://nexus.corp.net/a`, emptyLayer: false },
      ],
      healthcheck: { Test: ['CMD-SHELL', `curl https://bob:${password}@web.corp.net`] },
    });
    assert.deepEqual(
      findings.map(({ source, name, id }) => [source, name, id]),
      [
        ['env', 'DB_PASSWORD', 'assigned-password'],
        ['label', 'token', 'github-personal-token'],
        ['command', 'entrypoint', 'url-password'],
        ['command', 'health check', 'url-password'],
        ['history', 'step 2', 'github-personal-token'],
        ['history', 'step 3', 'curl-credentials'],
      ],
    );
    assert.ok(!JSON.stringify(findings).includes(password));
  });

  test('nothing in an ordinary one', () => {
    const env = [
      'LANG=C.UTF-8',
      'PYTHON_VERSION=3.12.7',
      'NODE_VERSION=22.11.0',
      'YARN_VERSION=1.22.22',
      'PASSWORD_FILE=/run/secrets/db',
    ];
    const history = [{ createdBy: 'RUN /bin/sh -c apt-get update # buildkit', emptyLayer: false }];
    assert.deepEqual(secretsInConfig({ ...empty, env, history }), []);
  });
});

describe('redaction', () => {
  const rows: readonly (readonly [text: string, redacted: string])[] = [
    ['ENV API_TOKEN=abc123', 'ENV API_TOKEN=(redacted)'],
    ['RUN |1 DB_PASSWORD="a b" /bin/sh -c make', 'RUN |1 DB_PASSWORD=(redacted) /bin/sh -c make'],
    ['RUN curl -H "X-Api-Key: abc"', 'RUN curl -H "X-Api-Key: (redacted)"'],
    [`RUN git clone https://x:${githubToken}@github.com/a/b`, 'RUN git clone https://x:(redacted)@github.com/a/b'],
    [`é ${githubToken} é`, 'é (redacted) é'],
    ['RUN apt-get install -y curl', 'RUN apt-get install -y curl'],
  ];
  for (const [text, redacted] of rows) test(redacted, () => assert.equal(redactSecrets(text), redacted));

  test('takes no longer on hostile text', () => {
    redactSecrets(`${'token'.repeat(200_000)} ${'a'.repeat(1_000_000)}`);
  });
});
