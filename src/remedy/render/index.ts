import type { FixPlan } from '../plan/index.ts';
import { planJson } from './json.ts';
import { planMarkdown } from './markdown.ts';
import { planTable } from './table.ts';

interface PlanFormat {
  readonly id: string;
  render(plan: FixPlan, options: { readonly color: boolean }): Iterable<string>;
}

/** How a plan can be written. */
export const planFormats: readonly PlanFormat[] = [
  { id: 'table', render: planTable },
  { id: 'json', render: planJson },
  { id: 'markdown', render: planMarkdown },
];
