export type { FixGroup, FixPlace, FixPlan, FixStep } from './fix-plan.ts';
export { planFixes } from './plan-fixes.ts';
