import type { Decision, FileLocation } from '#model/index.ts';
import { counted, decisionWords } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { FileFinding } from '../model.ts';
import { partWords } from './layers.ts';
import { nothing } from './parts.ts';

/** What is open as cards one below the other; what was decided behind a word that opens it, without script too. */
export function fileFindingCards<T>(
  found: readonly FileFinding<T>[],
  card: (one: FileFinding<T>) => Markup,
  nothingOpen: string,
): Markup[] {
  const cards = (shown: readonly FileFinding<T>[], className: string) =>
    shown.map((one) => markup`<article class="card file-finding${className}">${card(one)}</article>\n`);
  const open = found.filter(({ isOpen }) => isOpen);
  const decided = found.filter(({ isOpen }) => !isOpen);
  return [
    ...(open.length === 0 ? [markup`<p class="card">${nothingOpen}</p>`] : cards(open, '')),
    ...(decided.length === 0
      ? []
      : [
          markup`<details class="decided"><summary>Show ${counted(decided.length, 'more')}, decided about: ${decided.length === 1 ? 'it does' : 'they do'} not count</summary>${cards(decided, ' closed')}</details>`,
        ]),
  ];
}

export function decisionNote(decision: Decision | undefined): Markup {
  if (decision === undefined) return nothing;
  return markup`<p class="notice">Decided: ${decisionWords(decision)} <span class="muted">(${decision.statedIn})</span></p>`;
}

/** A place in a file, or in the configuration of an image. */
export type Place = { readonly name?: string | undefined } & (
  | { readonly location: FileLocation }
  | { readonly where: string }
);

const shownPlaces = 5;

export function placeList(places: readonly Place[]): Markup {
  const items = places.map((place) => markup`<li>${placeItem(place)}</li>`);
  const rest = items.slice(shownPlaces);
  return markup`<ul class="places">${items.slice(0, shownPlaces)}</ul>${
    rest.length > 0 &&
    markup`<details><summary>${counted(rest.length, 'more place')}</summary><ul class="places">${rest}</ul></details>`
  }`;
}

function placeItem(place: Place): Markup {
  const name = place.name !== undefined && markup` <span class="muted">at</span> <code>${place.name}</code>`;
  if ('where' in place) return markup`${place.where}${name}`;
  const { path, line, layer, isDeleted } = place.location;
  return markup`<code class="path">${path}${line !== undefined && `:${line}`}</code>${name}${layer && markup` <span class="muted">· layer ${layer.index} (${partWords[layer.part]})</span>`}${isDeleted && markup` <span class="badge deleted">deleted by a later layer, still in the image</span>`}`;
}

export function linkList(addresses: readonly string[]): Markup {
  if (addresses.length === 0) return nothing;
  return markup`<div><dt>Read</dt><dd>${addresses.map((one) => markup`<a href="${one}" rel="noopener noreferrer" target="_blank">${one}</a> `)}</dd></div>`;
}
