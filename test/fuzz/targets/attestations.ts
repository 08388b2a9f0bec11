import assert from 'node:assert/strict';
import { parseAttestations } from '#scan/index.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const statement = JSON.stringify({
  _type: 'https://in-toto.io/Statement/v1',
  predicateType: 'https://slsa.dev/provenance/v1',
  subject: [{ name: 'app', digest: { sha256: 'ab12' } }],
  predicate: { buildDefinition: { resolvedDependencies: [{ uri: 'a' }] }, runDetails: { builder: { id: 'b' } } },
});
const payload = Buffer.from(statement).toString('base64');
const envelope = JSON.stringify({ payloadType: 'application/vnd.in-toto+json', payload, signatures: [{ sig: 'x' }] });

export const attestationFile: FuzzTarget = {
  id: 'attestation-file',
  title: 'Attestations for policies: statements, envelopes, one a line',
  form: 'json',
  seeds: () =>
    [statement, envelope, `{"dsseEnvelope":${envelope}}`, `${envelope}\n${envelope}\n`].map((text) =>
      Buffer.from(text),
    ),
  run(bytes) {
    const attestations = checkResult(parseAttestations(Buffer.from(bytes).toString('utf8'), 'a.json'));
    for (const { predicateType, subjects, signatures } of attestations ?? []) {
      assert.equal(typeof predicateType, 'string');
      assert.ok(signatures >= 0 && subjects.every(({ digest }) => typeof digest === 'string'));
    }
  },
};
