import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type BlindWindow, emptyEvent } from '../event.ts';
import { Pipeline } from '../pipeline.ts';
import { replaySensor } from '../sensors/replay/index.ts';
import { parseLine, renderLine } from './line.ts';
import { Recorder } from './recorder.ts';
import { redactEvent } from './redact.ts';

const sample = join(import.meta.dirname, 'testdata/container.jsonl.gz');

async function replay(path: string, recorder?: Recorder) {
  const seen: string[] = [];
  const blind: BlindWindow[] = [];
  const pipeline = new Pipeline({
    hierarchyNumber: 0,
    describe: () => undefined,
    recorder,
    sink: {
      event: ({ event, container, process, path: absolute, descriptor, dns }) =>
        seen.push(
          [
            event.type,
            container?.name,
            container?.image?.repository,
            process.commandLine.split('\n')[0],
            absolute,
            descriptor?.name,
            dns?.name,
          ].join(' '),
        ),
      blind: (window) => blind.push(window),
      document: () => undefined,
      alert: () => undefined,
    },
  });
  const sensor = replaySensor(path, pipeline);
  await sensor.run(pipeline, new AbortController().signal);
  return { seen, blind, health: sensor.health() };
}

describe('a recording of a real container', () => {
  it('tells what was done, in which container, by whom', async () => {
    const { seen, health } = await replay(sample);
    assert.equal(health.events, seen.length);
    const text = seen.join('\n');
    for (const expected of [
      /^openat harbour localhost\/plimsoll-laboratory cat \/etc\/shadow \/etc\/shadow \/etc\/shadow /m,
      /^execve harbour \S+ dropped \/ \/tmp\/dropped/m,
      /^openat harbour \S+ cat \.\/\.\.\/etc\/passwd \/etc\/passwd \/etc\/passwd /m,
      /^connect harbour \S+ python3 .* 127\.0\.0\.1:\d+->127\.0\.0\.1:3333 /m,
      /^sendto harbour \S+ python3 .* pool\.example\.com$/m,
    ])
      assert.match(text, expected);
  });

  it('recorded again while it is replayed, it says the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-recording-'));
    try {
      const copy = join(folder, 'copy.jsonl.gz');
      const recorder = new Recorder(copy, { hostNames: [] });
      const first = await replay(sample, recorder);
      recorder.close();
      assert.deepEqual((await replay(copy)).seen, first.seen);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lines that cannot be read are counted and told of; the others count', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-recording-'));
    try {
      const lines = gunzipSync(readFileSync(sample)).toString().split('\n');
      lines.splice(3, 0, 'not json', '{"kind":"event","event":{"type":"no-such-call","timeUs":1,"pid":1}}');
      const path = join(folder, 'damaged.jsonl');
      writeFileSync(path, lines.join('\n'));
      const { blind, health, seen } = await replay(path);
      assert.equal(health.unreadable, 2);
      assert.equal(blind.length, 2);
      assert.match(blind[1]?.detail ?? '', /damaged\.jsonl:5 event\.type: is no type of event/);
      assert.equal(seen.length, (await replay(sample)).seen.length);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

it('bytes survive a recording', () => {
  const event = { ...emptyEvent(), data: new Uint8Array([0, 255, 10]) };
  const parsed = parseLine(renderLine({ kind: 'event', event }));
  assert.deepEqual(parsed.ok && parsed.value.kind === 'event' && parsed.value.event, event);
});

it('secrets and the name of the host are not recorded', () => {
  const exec = {
    args: ['curl', '-H', 'Authorization: Bearer abc', 'https://ship7/'],
    env: ['PATH=/bin', 'DB_PASSWORD=x', 'LD_PRELOAD=/tmp/x.so'],
  };
  const line = renderLine({ kind: 'event', event: { ...emptyEvent(), exec: exec as never } });
  const parsed = parseLine(line.replace('"args"', '"comm":"curl","args"'));
  assert.ok(parsed.ok && parsed.value.kind === 'event');
  const clean = redactEvent(parsed.value.event, { hostNames: ['ship7'] });
  assert.deepEqual(clean.exec?.env, ['PATH=/bin', 'LD_PRELOAD=/tmp/x.so']);
  assert.deepEqual(clean.exec?.args.slice(2), ['Authorization: <redacted>', 'https://host/']);
});
