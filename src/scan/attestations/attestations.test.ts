import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAttestations } from './parse.ts';

const statement = {
  _type: 'https://in-toto.io/Statement/v1',
  predicateType: 'https://slsa.dev/provenance/v1',
  subject: [{ name: 'app', digest: { sha256: 'AB12' } }, { name: 'nameless' }],
  predicate: {
    buildDefinition: {
      buildType: 'https://build.example/v1',
      resolvedDependencies: [{ uri: 'git+https://git.example.com/app' }, { name: 'no uri' }],
    },
    runDetails: { builder: { id: 'https://builder.example.com' } },
  },
};
const older = {
  _type: 'https://in-toto.io/Statement/v0.1',
  predicateType: 'https://slsa.dev/provenance/v0.2',
  subject: [],
  predicate: { builder: { id: 'b' }, buildType: 't', materials: [{ uri: 'm' }] },
};
const envelope = (inner: unknown) => ({
  payloadType: 'application/vnd.in-toto+json',
  payload: Buffer.from(JSON.stringify(inner)).toString('base64'),
  signatures: [{ sig: 'x' }],
});
const read = {
  file: 'a.json',
  predicateType: statement.predicateType,
  statementType: statement._type,
  subjects: [
    { name: 'app', digest: 'sha256:ab12' },
    { name: 'nameless', digest: '' },
  ],
  signatures: 0,
  builder: 'https://builder.example.com',
  buildType: 'https://build.example/v1',
  sources: ['git+https://git.example.com/app'],
};

const cases: readonly (readonly [name: string, text: string, expected: readonly object[]])[] = [
  ['a statement', JSON.stringify(statement), [read]],
  ['an envelope', JSON.stringify(envelope(statement)), [{ ...read, signatures: 1 }]],
  ['a Sigstore bundle', JSON.stringify({ dsseEnvelope: envelope(statement) }), [{ ...read, signatures: 1 }]],
  [
    'one a line',
    `${JSON.stringify(envelope(statement))}\n${JSON.stringify(older)}\n`,
    [
      { ...read, signatures: 1 },
      {
        file: 'a.json',
        predicateType: older.predicateType,
        statementType: older._type,
        subjects: [],
        signatures: 0,
        builder: 'b',
        buildType: 't',
        sources: ['m'],
      },
    ],
  ],
];
for (const [name, text, expected] of cases)
  test(name, () => assert.deepEqual(parseAttestations(text, 'a.json'), { ok: true, value: expected }));

const refused: readonly (readonly [text: string, words: RegExp])[] = [
  ['', /^a\.json /],
  ['[]', /an object was expected/],
  ['{}', /no in-toto statement/],
  [JSON.stringify({ payload: 'bm90IGpzb24=', payloadType: 'x' }), /payload/],
  [`${JSON.stringify(statement)}\n{`, /^a\.json /],
];
for (const [text, words] of refused)
  test(`refused: ${text.slice(0, 20)}`, () => {
    const parsed = parseAttestations(text, 'a.json');
    assert.ok(!parsed.ok);
    assert.match(parsed.error, words);
  });
