import type { LayerTask } from './layer-report.ts';

/** What the main thread asks of a worker. */
export interface WorkerTask extends LayerTask {
  /** True to have the report also in its stored form, compressed. */
  readonly pack: boolean;
}

/** Texts cross threads much faster than the many small objects of a report. */
export interface WorkerReply {
  readonly json: string;
  readonly packed?: Uint8Array<ArrayBuffer>;
}

export function isWorkerTask(message: unknown): message is WorkerTask {
  return typeof message === 'object' && message !== null && 'source' in message && 'wishes' in message;
}

export function isWorkerReply(message: unknown): message is WorkerReply {
  return typeof message === 'object' && message !== null && 'json' in message && typeof message.json === 'string';
}
