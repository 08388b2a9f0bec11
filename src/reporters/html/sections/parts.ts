import { type Severity, severities } from '#model/index.ts';
import type { SeverityCounts } from '../../tally.ts';
import { thousands } from '../../wording.ts';
import { Markup, markup } from '../markup.ts';

export function severityBadge(severity: Severity): Markup {
  return markup`<span class="badge ${severity}">${severity}</span>`;
}

/** Counts as small badges, worst first; a dash when there is none. */
export function severityCounts(counts: SeverityCounts): Markup {
  const met = severities.filter((severity) => counts[severity] > 0);
  if (met.length === 0) return markup`<span class="muted">none</span>`;
  return markup`<span class="counts">${met.map((severity) => markup`<span class="badge ${severity}">${thousands(counts[severity])} ${severity}</span> `)}</span>`;
}

export interface BarPart {
  readonly value: number;
  readonly className: string;
}

/** A bar as long as its share of `of`. A picture only: what it shows stands beside it as text. */
export function bar(parts: readonly BarPart[], of: number): Markup {
  let before = 0;
  const drawn = parts.flatMap(({ value, className }) => {
    if (value === 0 || of === 0) return [];
    const x = share(before, of);
    before += value;
    return [markup`<rect class="${className}" x="${x}%" width="${share(value, of)}%" height="100%"/>`];
  });
  return markup`<svg class="bar" aria-hidden="true" focusable="false">${drawn}</svg>`;
}

function share(value: number, of: number): string {
  return ((value / of) * 100).toFixed(2);
}

type Filters = Readonly<Record<string, string>>;

/** A link that opens a tab with these filters set. */
export function panelLink(panel: 'findings' | 'packages', filters: Filters, text: Markup | string): Markup {
  return markup`<a href="#${panel}?${new URLSearchParams(filters).toString()}">${text}</a>`;
}

export function findingsLink(filters: Filters, text: Markup | string): Markup {
  return panelLink('findings', filters, text);
}

/** A button that turns a filter on and off; the page's script listens. */
export function chip(filter: string, value: string, words: string): Markup {
  return markup`<button type="button" class="chip" data-filter="${filter}" data-value="${value}" aria-pressed="false">${words}</button>\n`;
}

export function chips(legend: string, buttons: readonly Markup[]): Markup {
  if (buttons.length === 0) return nothing;
  return markup`<fieldset class="chips"><legend class="hidden">${legend}</legend>${buttons}</fieldset>`;
}

export function section(id: string, title: string, content: readonly Markup[]): Markup {
  return markup`<section id="${id}" class="panel" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>\n`;
}

export const nothing = new Markup('');
