// The thread that searches files beside the walk of a layer: see `SearchThread`.
import { parentPort, workerData } from 'node:worker_threads';
import { type FileContent, memoryContent } from '#foundation/index.ts';
import { Profile } from './profile.ts';
import { FileReader, type FileReadings } from './readers.ts';
import { searchReaders } from './search-readers.ts';
import {
  FREE,
  PATIENCE_MS,
  type SearchMessage,
  type SearchReply,
  type SearchStart,
  type SentFile,
  SLOT_BYTES,
} from './search-thread.ts';
import { withServedFile } from './served-file.ts';

const start: unknown = workerData;
if (parentPort && isSearchStart(start)) runSearch(parentPort, start);

function runSearch(port: NonNullable<typeof parentPort>, { slots, states, control, task }: SearchStart): void {
  const profile = task.profile ? new Profile() : undefined;
  const reader = new FileReader(searchReaders(task.search), profile);
  const stateOf = new Int32Array(states);
  const readings: [number, FileReadings][] = [];
  const read = ({ ticket, path, mode, wishes }: SentFile, content: FileContent) => {
    const wanted = wishes.flatMap((position) => task.wishes[position] ?? []);
    const found = reader.read({ path, mode, wishes: wanted, content });
    if (found) readings.push([ticket, found]);
  };
  port.on('message', (message: SearchMessage) => {
    if (message === 'finish') {
      port.postMessage({
        readings,
        problems: reader.problems(),
        costs: profile?.costs() ?? [],
      } satisfies SearchReply);
      return;
    }
    const start = message.slot * SLOT_BYTES;
    if ('served' in message) {
      const { served } = message;
      const memory = { control, piece: new Uint8Array(slots, start, SLOT_BYTES) };
      withServedFile(memory, served.length, (content) => read(served, content), PATIENCE_MS);
      return;
    }
    for (const file of message.files) read(file, memoryContent(Buffer.from(slots, start + file.offset, file.length)));
    Atomics.store(stateOf, message.slot, FREE);
    Atomics.notify(stateOf, message.slot);
  });
}

function isSearchStart(value: unknown): value is SearchStart {
  return typeof value === 'object' && value !== null && 'role' in value && value.role === 'search';
}
