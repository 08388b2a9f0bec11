import { childOf, childrenOf, textOf, type XmlElement } from '#foundation/documents/index.ts';
import type { Advisory, AffectedPackage } from '../../advisory.ts';
import { asId, asLine, asName } from '../../documents/json-values.ts';
import { severityFromWord } from '../../severity-words.ts';
import { rangesWithout, type VersionBound } from './ranges.ts';

const MAX_PACKAGES = 1000;
const CVE = /\bCVE-\d{4}-\d{4,19}\b/g;

/** Reads `<glsa id="202401-01">`: https://www.gentoo.org/dtd/glsa.dtd */
export function parseGlsa(glsa: XmlElement): Advisory | undefined {
  const number = glsa.attributes.get('id') ?? '';
  const id = /^\d{6}-\d{2,3}$/.test(number) ? asId(`GLSA-${number}`) : undefined;
  const packages = childrenOf(childOf(glsa, 'affected'), 'package');
  const affected = packages.slice(0, MAX_PACKAGES).flatMap(affectedBy);
  if (glsa.name !== 'glsa' || id === undefined || affected.length === 0) return undefined;
  const summary = asLine(textOf(glsa, 'title'), 300);
  const severity = severityFromWord(childOf(glsa, 'impact')?.attributes.get('type'));
  const published = /^\d{4}-\d{2}-\d{2}/.exec(textOf(glsa, 'announced') ?? '')?.[0];
  return {
    id,
    source: 'gentoo-glsa',
    aliases: [],
    bundles: vulnerabilitiesOf(glsa),
    ...(summary === undefined ? {} : { summary }),
    ...(severity === undefined ? {} : { severity }),
    scores: [],
    ...(published === undefined ? {} : { published }),
    references: [`https://security.gentoo.org/glsa/${number}`],
    affected,
  };
}

function vulnerabilitiesOf(glsa: XmlElement): readonly string[] {
  const links = childrenOf(childOf(glsa, 'references'), 'uri');
  const texts = links.map(({ text, attributes }) => `${text} ${attributes.get('link') ?? ''}`);
  return [...new Set(texts.flatMap((text) => text.match(CVE) ?? []))];
}

/** A statement for each slot that is spoken of; versions of different slots are installed side by side. */
function affectedBy(element: XmlElement): AffectedPackage[] {
  const name = asName(element.attributes.get('name'));
  if (name === undefined || !/^[\w+.-]+\/[\w+.-]+$/.test(name)) return [];
  const vulnerable = childrenOf(element, 'vulnerable').map(boundOf);
  const unaffected = childrenOf(element, 'unaffected').map(boundOf);
  const slots = [...new Set(vulnerable.map(({ slot }) => slot))];
  return slots.flatMap((slot) => {
    const isOfSlot = (bound: VersionBound): boolean => bound.slot === slot || bound.slot === '*';
    const ranges = rangesWithout(
      vulnerable.filter((bound) => bound.slot === slot),
      unaffected.filter(isOfSlot),
    );
    if (ranges.length === 0) return [];
    const statement: AffectedPackage = {
      ecosystem: 'gentoo',
      name,
      subject: 'package',
      scheme: 'portage',
      status: ranges.some(({ fixed }) => fixed !== undefined) ? 'fixed' : 'affected',
      ranges,
      versions: [],
      ...(slot === '*' ? {} : { module: `slot:${slot}` }),
    };
    return [statement];
  });
}

function boundOf({ attributes, text }: XmlElement): VersionBound {
  return { operator: attributes.get('range') ?? '', version: asName(text) ?? '', slot: attributes.get('slot') || '*' };
}
