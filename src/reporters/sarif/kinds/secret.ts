import type { SecretFinding } from '#secrets/index.ts';
import { type Described, layerLocation } from './described.ts';

const ADVICE = 'Revoke it first; then take it out of the image, its history and the sources.';

export function describeSecret(one: SecretFinding): Described {
  const { location } = one;
  const where = location ? '' : ` in the ${one.source} of the image`;
  const deleted = location?.isDeleted ? ' A later layer deleted the file; whoever has the image has it still.' : '';
  return {
    rule: {
      id: `secret/${one.id}`,
      name: 'Secret',
      title: one.title,
      text: `${one.title}. ${ADVICE}`,
      lines: [`Severity: ${one.severity}`],
      references: one.references,
      helpUri: undefined,
      tags: ['security', 'secret', one.severity],
      precision: one.confidence === 'verified' ? 'very-high' : 'high',
    },
    message: `${one.title}${where}: ${one.preview}${one.name === undefined ? '' : ` (${one.name})`}.${deleted} ${ADVICE}`,
    path: location?.path ?? 'image-configuration',
    line: location?.line ?? 1,
    severity: one.severity,
    logical: layerLocation(location?.layer),
    identity: ['secret', one.id, one.fingerprint, location?.path ?? one.source],
    properties: { source: one.source, confidence: one.confidence, fingerprint: one.fingerprint },
  };
}
