import { type Markup, markup } from '../../markup.ts';
import type { PageModel } from '../../model.ts';
import { section } from '../parts.ts';
import { alarms } from './alarms.ts';
import { decided } from './decided.ts';
import { howSoon } from './how-soon.ts';
import { licences } from './licences.ts';
import { policies } from './policies.ts';
import { parts, remaining } from './remaining.ts';
import { severityPicture } from './severities.ts';
import { upgrades } from './upgrades.ts';
import { comparedWith, verdict } from './verdict.ts';

/** In the order of reading: what policies decided, what cannot wait, how bad it is, the way out, how soon, what stays, what else to know. */
export function overviewSection(model: PageModel): Markup {
  return section('overview', 'Overview', [
    policies(model),
    alarms(model),
    markup`<div class="columns"><div class="card hero">${verdict(model)}</div><div class="card">${model.distinct.length === 0 ? comparedWith(model) : severityPicture(model)}</div></div>`,
    upgrades(model),
    markup`<div class="columns">${howSoon(model)}${remaining(model)}${parts(model)}${licences(model)}</div>`,
    decided(model),
  ]);
}
