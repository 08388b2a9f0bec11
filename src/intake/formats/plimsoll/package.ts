import type { SubmittedPackage } from '#findings/index.ts';
import { asList, asMembers, asText, entriesOf, memberOf } from '#foundation/documents/index.ts';
import { type Fact, packageType } from '#model/index.ts';
import { lookupKeys } from '#vulnerability/index.ts';
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
  const origin = memberOf(value, 'origin');
  const layer = asText(memberOf(memberOf(origin, 'layer'), 'diffId'));
  const path = asText(memberOf(origin, 'path'));
  return {
    type: storable(type, 40),
    name: storable(name, maxLengths.packageName),
    version: storable(version, maxLengths.version),
    purl: storable(purl, maxLengths.purl),
    ...(sourceName !== undefined && { source: storable(sourceName, maxLengths.packageName) }),
    ...(sourceVersion !== undefined && { sourceVersion: storable(sourceVersion, maxLengths.version) }),
    facts: matchingFacts(value),
    lookups: lookupsOf(value, type, name, sourceName),
    ...(layer !== undefined && { layer: storable(layer, 200) }),
    ...(path !== undefined && { path: storable(path, maxLengths.location) }),
  };
}

const TEXTS = [
  'type',
  'architecture',
  'vendor',
  'maintainer',
  'modularity',
  'relation',
  'cataloger',
  'evidence',
  'ownedBy',
] as const;
const MAX_FACT = 4000;
/** What is linked of a large program; without it, all of it counts as there. */
const MAX_SYMBOLS = 256 * 1024;

/** What matching asks of a package beside its name and version, as `packageFromFacts` reads it. */
function matchingFacts(value: unknown): Fact[] {
  const texts = TEXTS.flatMap((name): Fact[] => {
    const text = asText(memberOf(value, name));
    return text === undefined ? [] : [[name, storable(text, MAX_FACT)]];
  });
  const qualifiers = asMembers(memberOf(value, 'qualifiers'));
  const symbols = memberOf(value, 'symbols');
  const [packages, functions] = [asText(memberOf(symbols, 'packages')), asText(memberOf(symbols, 'functions'))];
  const areKept = (packages?.length ?? 0) + (functions?.length ?? 0) <= MAX_SYMBOLS;
  return [
    ...texts,
    ...(qualifiers ? [['qualifiers', storable(JSON.stringify(qualifiers), MAX_FACT)] as const] : []),
    ...advisoryNames(value).map(
      ({ ecosystem, name }): Fact => ['advisoryName', storable(JSON.stringify([ecosystem, name]), MAX_FACT)],
    ),
    ...(packages !== undefined && areKept ? [['linkedPackages', storable(packages, MAX_SYMBOLS)] as const] : []),
    ...(functions !== undefined && areKept ? [['linkedFunctions', storable(functions, MAX_SYMBOLS)] as const] : []),
  ];
}

function advisoryNames(value: unknown): { readonly ecosystem: string; readonly name: string }[] {
  return (asList(memberOf(value, 'advisoryNames')) ?? []).slice(0, 50).flatMap((one) => {
    const [ecosystem, name] = [asText(memberOf(one, 'ecosystem')), asText(memberOf(one, 'name'))];
    return ecosystem === undefined || name === undefined ? [] : [{ ecosystem, name }];
  });
}

function lookupsOf(value: unknown, typeText: string, name: string, source: string | undefined): string[] {
  const type = packageType(typeText);
  if (type === undefined) return [];
  const members = asMembers(memberOf(value, 'qualifiers'));
  const qualifiers = Object.fromEntries(
    (members ? entriesOf(members) : []).flatMap(([key, one]) => (typeof one === 'string' ? [[key, one]] : [])),
  );
  const asked = {
    type,
    name,
    ...(source !== undefined && { source: { name: source, version: '' } }),
    ...(members && { qualifiers }),
    advisoryNames: advisoryNames(value),
  };
  return lookupKeys(asked).map((key) => storable(key, 320));
}
