import type { SubmittedPackage } from '#findings/index.ts';
import { asText, memberOf } from '#foundation/documents/index.ts';
import { maxLengths } from '../../bounds.ts';
import { storable } from '../../text.ts';

/** Undefined when it cannot be read: then the report is damaged. */
export function submittedPackage(value: unknown): SubmittedPackage | undefined {
  const [type, name, version, purl] = ['type', 'name', 'version', 'purl'].map((member) =>
    asText(memberOf(value, member)),
  );
  if (type === undefined || name === undefined || version === undefined || purl === undefined) return undefined;
  const source = memberOf(value, 'source');
  const sourceName = asText(memberOf(source, 'name'));
  const sourceVersion = asText(memberOf(source, 'version'));
  const layer = asText(memberOf(memberOf(memberOf(value, 'origin'), 'layer'), 'diffId'));
  return {
    type: storable(type, 40),
    name: storable(name, maxLengths.packageName),
    version: storable(version, maxLengths.version),
    purl: storable(purl, maxLengths.purl),
    ...(sourceName !== undefined && { source: storable(sourceName, maxLengths.packageName) }),
    ...(sourceVersion !== undefined && { sourceVersion: storable(sourceVersion, maxLengths.version) }),
    ...(layer !== undefined && { layer: storable(layer, 200) }),
  };
}
