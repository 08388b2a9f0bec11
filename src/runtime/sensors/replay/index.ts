import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { parseLine, type RecordingLine } from '../../recording/line.ts';
import type { KnownWorld, Probe, Sensor, SensorHealth, SensorSink } from '../../sensor.ts';

const MAX_LINE_CHARACTERS = 1024 * 1024;
const TURN = 2000;

/** Plays a recording as fast as it can be read. Lines that cannot be read are counted and told of as a blind window. */
export function replaySensor(path: string, world: KnownWorld): Sensor {
  let events = 0;
  let unreadable = 0;
  return {
    id: 'replay',
    title: 'Recording of an earlier watch',
    references: ['docs/guides/watch.md'],
    maturity: 'stable',
    requires: 'a recording (JSON lines, also compressed with gzip)',
    blindTo: [],
    probe: async (): Promise<Probe> =>
      existsSync(path) ? { ready: true, detail: path } : { ready: false, reason: `${path} is not there` },
    async run(sink, signal) {
      const bytes = createReadStream(path, { signal });
      const lines = createInterface({
        input: path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes,
        crlfDelay: Infinity,
      });
      let number = 0;
      for await (const line of lines) {
        number++;
        if (line === '') continue;
        const parsed = line.length > MAX_LINE_CHARACTERS ? undefined : parseLine(line);
        if (parsed?.ok) {
          if (deliver(parsed.value, sink, world)) events++;
        } else {
          unreadable++;
          sink.blind(unreadLine(path, number, parsed && !parsed.ok ? parsed.error : 'is too long'));
        }
        if (number % TURN === 0) await setImmediate();
      }
    },
    health: (): SensorHealth => ({ events, lost: 0, lostByCpu: [], unreadable }),
  };
}

/** Whether the line was an event. */
function deliver(line: RecordingLine, sink: SensorSink, world: KnownWorld): boolean {
  switch (line.kind) {
    case 'event':
      sink.event(line.event);
      return true;
    case 'seed':
      world.seed(line.event);
      return false;
    case 'group':
      world.group(line.id, line.path);
      return false;
    case 'container':
      world.container(line.group, line.container);
      return false;
    case 'blind':
      sink.blind(line.window);
      return false;
    case 'document':
      sink.document(line.document);
      return true;
    case 'alert':
      sink.alert(line.alert);
      return true;
    case 'header':
      return false;
  }
}

function unreadLine(path: string, number: number, problem: string) {
  const timeUs = Date.now() * 1000;
  const detail = `${path}:${number} ${problem}`;
  return { reason: 'input-unread', sensor: 'replay', fromUs: timeUs, toUs: timeUs, lost: 1, detail } as const;
}
