import { availableParallelism } from 'node:os';
import type { Problem } from '#foundation/index.ts';
import { type Cataloger, catalogers as registered } from '#inventory/index.ts';
import type { AnalysisLimits } from './analysis-options.ts';
import { analyseLayer, type LayerReport, type LayerTask } from './layer-report.ts';
import { packReport, parseReport } from './packed-report.ts';
import { isSearching, readerSet } from './reader-set.ts';
import { WorkerPool } from './worker-pool.ts';

export interface Executed {
  readonly report: LayerReport;
  /** The report in its stored form, where asked for. */
  readonly packed?: Uint8Array;
}

/** Runs layer analyses somewhere. Whatever happens there, the answer is a report: of problems, if need be. */
export interface Executor {
  run(task: LayerTask, pack: boolean): Promise<Executed>;
  close(): Promise<void>;
}

/** Threads for the registered catalogers; others, which a thread could not know, run in this one. */
export function createExecutor(catalogers: readonly Cataloger[], tasks: number, limits: AnalysisLimits): Executor {
  const known = new Set<Cataloger>(registered);
  return catalogers.every((cataloger) => known.has(cataloger)) ? threads(tasks, limits) : inThisThread(catalogers);
}

function threads(tasks: number, limits: AnalysisLimits): Executor {
  const processors = availableParallelism();
  const size = Math.max(1, Math.min(processors, tasks, limits.maxWorkers));
  const pool = new WorkerPool({
    size,
    taskTimeoutMs: limits.layerTimeoutMs,
    maxMemoryMb: limits.workerMemoryMb,
  });
  return {
    async run(task, pack) {
      const searchesApart = size < processors && isSearching(task.search);
      const outcome = await pool.run({ ...task, pack, ...(searchesApart && { searchesApart }) });
      if (outcome.kind === 'failed') return { report: failedReport(outcome.reason) };
      const { json, packed } = outcome.reply;
      const report = parseReport(json) ?? failedReport('it answered in a way that is not understood');
      return packed ? { report, packed } : { report };
    },
    close: () => pool.close(),
  };
}

function inThisThread(catalogers: readonly Cataloger[]): Executor {
  return {
    async run(task, pack) {
      const readers = await readerSet(catalogers, task.search);
      // Through JSON as from a thread or the cache, so that a fragment that does not survive it shows at once.
      const json = JSON.stringify(await analyseLayer(task, readers));
      const report = parseReport(json) ?? failedReport('its report cannot be read back');
      return pack ? { report, packed: packReport(json) } : { report };
    },
    close: async () => undefined,
  };
}

export function failedReport(reason: string, code = 'layer-analysis-failed'): LayerReport {
  const message = `The layer could not be analysed: ${reason}.`;
  const problem: Problem = { code, message, effect: 'incomplete' };
  return { changes: [], entries: 0, bytes: 0, problems: [problem] };
}
