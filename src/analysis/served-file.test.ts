import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { contentByReading, type FileContent, memoryContent } from '#foundation/index.ts';
import { CONTROL_BYTES, serveFile } from './served-file.ts';

const PATIENCE_MS = 30_000;
const PIECE_BYTES = 100;

/** A thread that takes the whole served file, and posts what it got. */
const READER = `
  import { parentPort, workerData } from 'node:worker_threads';
  const { withServedFile } = await import(workerData.module);
  const piece = new Uint8Array(workerData.slots);
  parentPort.on('message', (size) => {
    let taken = 'nothing';
    withServedFile({ control: workerData.control, piece }, size, (content) => {
      taken = [...content.bytes(), ...content.slice(250, 5)];
    }, ${PATIENCE_MS});
    parentPort.postMessage(taken);
  });`;

async function served(content: FileContent): Promise<unknown> {
  const control = new SharedArrayBuffer(CONTROL_BYTES);
  const slots = new SharedArrayBuffer(PIECE_BYTES);
  const program = new URL(`data:text/javascript,${encodeURIComponent(READER)}`);
  const module = new URL('./served-file.ts', import.meta.url).href;
  const worker = new Worker(program, { workerData: { control, slots, module } });
  try {
    const answer = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    const memory = { control, piece: new Uint8Array(slots) };
    try {
      serveFile(memory, content, () => worker.postMessage(content.size), PATIENCE_MS);
    } catch (error) {
      return [error instanceof Error ? error.message : error, await answer];
    }
    return await answer;
  } finally {
    await worker.terminate();
  }
}

test('a file larger than the memory between two threads is read in the other as it is', async () => {
  const bytes = Uint8Array.from({ length: 3 * PIECE_BYTES + 7 }, (_, index) => index % 251);
  const expected = [...bytes, ...bytes.subarray(250, 255)];
  assert.deepEqual(await served(memoryContent(bytes)), expected);
  const copying = contentByReading(bytes.length, (start, target) => {
    target.set(bytes.subarray(start, start + target.length));
    return target;
  });
  assert.deepEqual(await served(copying), expected);
});

test('a file that cannot be read is a fault in the thread that reads it, and the other goes on', async () => {
  const broken = contentByReading(2 * PIECE_BYTES, () => {
    throw new Error('gone');
  });
  assert.deepEqual(await served(broken), ['gone', 'nothing']);
});
