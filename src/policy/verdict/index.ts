/** What policies decide about what was scanned. */
export { Judge, type JudgedSubject, type JudgeOptions } from './judge.ts';
export type { AskedPolicy, PolicyDecision, PolicyVerdict } from './verdict.ts';
