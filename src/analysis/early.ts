/**
 * A second door to this module, for what must happen before the rest of it is loaded: a thread for the analysis of layers takes as long
 * to start as the program takes to load, and both can go on at the same time.
 */
export { startEarlyWorker } from './early-worker.ts';
