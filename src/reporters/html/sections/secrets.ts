import type { SecretFinding } from '#secrets/index.ts';
import { webAddress } from '../../web-address.ts';
import { capitalised, secretSourceWords } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { FileFinding, PageModel } from '../model.ts';
import { decisionNote, fileFindingCards, linkList, placeList } from './file-findings.ts';
import { nothing, section, severityBadge } from './parts.ts';

/** Secrets that whoever has the image has too, the same value in several places as one; nothing where there is none. */
export function secretsSection({ secrets }: PageModel): Markup {
  if (secrets.length === 0) return nothing;
  const advice = secrets.some(({ isOpen }) => isOpen)
    ? [
        markup`<p class="notice"><strong>Revoke each of them first</strong>; only then take it out of the image, its history and the sources. Only a part of a secret is shown here, never the whole.</p>`,
      ]
    : [];
  return section('secrets', 'Secrets', [...advice, ...fileFindingCards(secrets, card, 'No secret is open.')]);
}

const confidenceWords: Readonly<Record<SecretFinding['confidence'], string>> = {
  verified: 'its checksum holds',
  high: 'high confidence',
  medium: 'medium confidence',
  low: 'low confidence',
};

function card({ first, places }: FileFinding<SecretFinding>): Markup {
  const references = first.references.flatMap((one) => webAddress(one) ?? []);
  return markup`<h3>${severityBadge(first.severity)} <span class="title">${first.title}</span></h3>
${decisionNote(first.decision)}
<p><code class="preview">${first.preview}</code> <span class="muted">${confidenceWords[first.confidence]}</span></p>
${placeList(places.map(({ location, name, source }) => (location ? { location, name } : { where: capitalised(secretSourceWords[source]), name })))}
<dl class="pairs"><div><dt>Rule</dt><dd>${first.id}</dd></div>
<div><dt>Fingerprint</dt><dd><code>${first.fingerprint}</code></dd></div>
${linkList(references)}</dl>`;
}
