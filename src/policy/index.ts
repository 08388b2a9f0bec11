export { applyBaseline, type Baseline, baselineOf, parseBaseline, renderBaseline } from './baseline/baseline.ts';
export { appendException, type NewException } from './exceptions/append.ts';
export { applyExceptions, type Decided, type ExceptionContext } from './exceptions/apply.ts';
export { type Exception, type ExceptionList, isDate } from './exceptions/exception.ts';
export { discoverExceptions, loadExceptions, parseExceptions } from './exceptions/load.ts';
export { findingKey } from './finding-key.ts';
export { gate } from './gate.ts';
export { isOpen } from './subject.ts';
