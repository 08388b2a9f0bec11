export { mergeProblems, type Problem } from './problem.ts';
export { err, ok, type Result } from './result.ts';
export { programVersion, userAgent } from './version.ts';
