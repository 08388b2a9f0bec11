// Entry point of an analysis thread, and of one that searches beside it. Compiled code is kept per thread too, and only what is
// imported afterwards profits.
import { enableCompileCache } from 'node:module';
import { workerData } from 'node:worker_threads';

enableCompileCache();
const start: unknown = workerData;
const isSearch = typeof start === 'object' && start !== null && 'role' in start && start.role === 'search';
await (isSearch ? import('./search-program.ts') : import('./worker-program.ts'));
