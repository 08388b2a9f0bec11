// The thread that analyses layers. It knows the registered catalogers; tasks say which of them to use.
import { parentPort } from 'node:worker_threads';
import { catalogers } from '#inventory/index.ts';
import { analyseLayer } from './layer-report.ts';
import { packReport } from './packed-report.ts';
import { type ReaderSet, readerSet, type SearchSettings } from './reader-set.ts';
import { isWorkerTask, type WorkerReply } from './worker-protocol.ts';

const port = parentPort;
/** By settings, of which one run of the program has one. */
const readerSets = new Map<string, Promise<ReaderSet>>();

port?.on('message', (task: unknown) => {
  if (!isWorkerTask(task)) throw new Error('a message that is not a task');
  void analyse(task).then((reply) => port.postMessage(reply, reply.packed ? [reply.packed.buffer] : []));
});

async function analyse(task: Parameters<typeof analyseLayer>[0] & { readonly pack: boolean }): Promise<WorkerReply> {
  // What is searched for apart is not loaded here: its rules take as much memory as all else in a thread.
  const report = await analyseLayer(task, await readersOf(task.searchesApart ? {} : task.search));
  const json = JSON.stringify(report);
  return task.pack ? { json, packed: packReport(json) } : { json };
}

function readersOf(search: SearchSettings): Promise<ReaderSet> {
  const key = JSON.stringify(search);
  const readers = readerSets.get(key) ?? readerSet(catalogers, search);
  readerSets.set(key, readers);
  return readers;
}
