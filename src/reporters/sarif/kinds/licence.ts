import { printable } from '#foundation/index.ts';
import type { LicenceFinding } from '#licences/index.ts';
import { type Described, layerLocation } from './described.ts';

export function describeLicence(one: LicenceFinding): Described {
  const { package: owner } = one;
  const name = `${printable(owner.name)}@${printable(owner.version)}`;
  return {
    rule: {
      id: `licence/${one.category}`,
      name: 'Licence',
      title: one.title,
      text: one.title,
      lines: [`Category: ${one.category}`],
      references: [],
      helpUri: undefined,
      tags: ['licence', one.category],
      precision: 'high',
    },
    message: `${owner.name} ${owner.version} is under ${one.id}: ${one.title}.`,
    path: owner.origin.path,
    line: 1,
    severity: one.severity,
    logical: [{ name, fullyQualifiedName: owner.purl, kind: 'package' }, ...layerLocation(owner.origin.layer)],
    identity: ['licence', one.category, owner.type, owner.name, owner.origin.path],
    properties: { licence: one.id, category: one.category, purl: owner.purl },
  };
}
