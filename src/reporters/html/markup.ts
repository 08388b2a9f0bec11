import { printable } from '#foundation/index.ts';

/** HTML that is already safe. Only `markup` makes it, so that a text cannot become HTML by being forgotten. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

export type MarkupValue = string | number | Markup | readonly Markup[] | undefined | false;

/**
 * A template whose values are escaped for element content and quoted attribute values. Markup goes in as it is; undefined and
 * false as nothing.
 *
 * @example markup`<td title="${name}">${name}</td>`
 */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(strings.reduce((html, string, index) => html + textOf(values[index - 1]) + string));
}

function textOf(value: MarkupValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Markup) return value.html;
  if (typeof value === 'object') return value.map((one) => one.html).join('');
  return escapeHtml(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
}
