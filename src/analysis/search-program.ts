// The thread that searches files beside the walk of a layer: see `SearchThread`.
import { parentPort, workerData } from 'node:worker_threads';
import { memoryContent } from '#foundation/index.ts';
import { Profile } from './profile.ts';
import { FileReader, type FileReadings } from './readers.ts';
import { searchReaders } from './search-readers.ts';
import { FREE, type SearchMessage, type SearchReply, type SearchStart, SLOT_BYTES } from './search-thread.ts';

const start: unknown = workerData;
if (parentPort && isSearchStart(start)) runSearch(parentPort, start);

function runSearch(port: NonNullable<typeof parentPort>, { slots, states, task }: SearchStart): void {
  const profile = task.profile ? new Profile() : undefined;
  const reader = new FileReader(searchReaders(task.search), profile);
  const stateOf = new Int32Array(states);
  const readings: [number, FileReadings][] = [];
  port.on('message', (message: SearchMessage) => {
    if (message === 'finish') {
      port.postMessage({
        readings,
        problems: reader.problems(),
        costs: profile?.costs() ?? [],
      } satisfies SearchReply);
      return;
    }
    for (const { ticket, path, mode, wishes, offset, length } of message.files) {
      const content = memoryContent(Buffer.from(slots, message.slot * SLOT_BYTES + offset, length));
      const wanted = wishes.flatMap((position) => task.wishes[position] ?? []);
      const found = reader.read({ path, mode, wishes: wanted, content });
      if (found) readings.push([ticket, found]);
    }
    Atomics.store(stateOf, message.slot, FREE);
    Atomics.notify(stateOf, message.slot);
  });
}

function isSearchStart(value: unknown): value is SearchStart {
  return typeof value === 'object' && value !== null && 'role' in value && value.role === 'search';
}
