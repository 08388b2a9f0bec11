import type { FixPlan } from '../plan/fix-plan.ts';

export function* planJson(plan: FixPlan): Iterable<string> {
  yield `${JSON.stringify(plan, null, 2)}\n`;
}
