// Entry point of an analysis thread. Compiled code is kept per thread too, and only what is imported afterwards profits.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./worker-program.ts');
