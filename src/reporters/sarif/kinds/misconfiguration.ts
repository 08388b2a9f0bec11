import type { MisconfigurationFinding } from '#checks/index.ts';
import { webAddress } from '../../web-address.ts';
import { type Described, layerLocation } from './described.ts';

export function describeMisconfiguration(one: MisconfigurationFinding): Described {
  const { position, location, resource, fix } = one;
  const name = resource && [resource.namespace, resource.name].filter((part) => part !== undefined).join('/');
  return {
    rule: {
      id: `misconfiguration/${one.id}`,
      name: 'Misconfiguration',
      title: one.title,
      text: `${one.title}. ${one.rationale}`,
      lines: [`Severity: ${one.severity}`, `Controls: ${one.controls.join(', ')}`],
      references: one.references,
      helpUri: one.references.flatMap((reference) => webAddress(reference) ?? [])[0],
      tags: ['security', 'misconfiguration', one.severity, one.subject],
      precision: 'high',
    },
    message: `${one.message}. ${one.remediation}`,
    path: location.path,
    line: position.line,
    region: {
      startColumn: position.column,
      ...(position.endLine !== undefined && { endLine: position.endLine }),
      ...(position.endColumn !== undefined && { endColumn: position.endColumn }),
    },
    ...(fix && { fix: { description: one.remediation, edits: fix } }),
    severity: one.severity,
    logical: [
      ...(resource && name ? [{ name, fullyQualifiedName: `${resource.kind}/${name}`, kind: 'resource' }] : []),
      ...layerLocation(location.layer),
    ],
    identity: ['misconfiguration', one.id, location.path, resource?.kind ?? '', name ?? ''],
    properties: { subject: one.subject, controls: one.controls.join(', ') },
  };
}
