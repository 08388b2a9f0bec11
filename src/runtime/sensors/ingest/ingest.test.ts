import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Container } from '../../container.ts';
import type { BlindWindow, DocumentEvent, ForeignAlert, SensorEvent } from '../../event.ts';
import { falcoFormat } from '../falco/index.ts';
import { kubernetesAuditFormat } from '../kubernetes-audit/index.ts';
import { tetragonFormat } from '../tetragon/index.ts';
import { traceeFormat } from '../tracee/index.ts';
import { type IngestFormat, ingestSensor } from './ingest.ts';
import { type IngestSource, parseIngestSource } from './source.ts';
import { microsecondsOf } from './time.ts';

class Seen {
  readonly events: SensorEvent[] = [];
  readonly documents: DocumentEvent[] = [];
  readonly alerts: ForeignAlert[] = [];
  readonly windows: BlindWindow[] = [];
  readonly containers = new Map<number, Container>();
  readonly sink = {
    event: (event: SensorEvent) => void this.events.push(event),
    document: (document: DocumentEvent) => void this.documents.push(document),
    alert: (alert: ForeignAlert) => void this.alerts.push(alert),
    blind: (window: BlindWindow) => void this.windows.push(window),
  };
  readonly world = {
    seed: () => undefined,
    group: () => undefined,
    container: (group: number, container: Container) => void this.containers.set(group, container),
  };
}

async function ingest(format: IngestFormat, path: string): Promise<Seen> {
  const seen = new Seen();
  const sensor = ingestSensor(format, { kind: 'file', path, follow: false }, seen.world);
  assert.equal((await sensor.probe()).ready, true);
  await sensor.run(seen.sink, new AbortController().signal);
  return seen;
}

const testdata = (tool: string, file: string) => join(import.meta.dirname, '..', tool, 'testdata', file);

describe('records of other tools', () => {
  it('Falco: alerts under their own names; its drops are a blind window', async () => {
    const { alerts, windows } = await ingest(falcoFormat, testdata('falco', 'alerts.jsonl'));
    assert.deepEqual(
      alerts.map(({ rule, priority, timeUs }) => [rule, priority, timeUs]),
      [['Read sensitive file untrusted', 'Warning', 1767348000123456]],
    );
    assert.deepEqual(
      windows.map(({ reason, lost }) => [reason, lost]),
      [['lost-events', 12]],
    );
  });

  it('Tetragon: programs with container and pod, hooked functions as calls, what it dropped', async () => {
    const { events, containers, windows } = await ingest(tetragonFormat(), testdata('tetragon', 'events.jsonl'));
    assert.deepEqual(
      events.map(({ type }) => type),
      ['execve', 'connect', 'openat', 'procexit'],
    );
    assert.deepEqual(events[0]?.exec?.args, ['/usr/bin/curl', '-o', '/tmp/a b', 'http://example.test']);
    assert.equal(events[0]?.exec?.capEffective, 1 + 2 ** 21);
    assert.deepEqual(events[1]?.address, { family: 2, ip: '10.0.0.9', port: 3333 });
    assert.equal(events[1]?.cgroupId, events[0]?.cgroupId);
    assert.equal(events[2]?.path, '/etc/shadow');
    const container = containers.get(events[0]?.cgroupId ?? 0);
    assert.deepEqual(
      [container?.image?.repository, container?.pod?.name, container?.id],
      ['registry.example/web', 'web-1', 'cdcdcdcdcdcd'],
    );
    assert.deepEqual(
      windows.map(({ lost }) => lost),
      [7],
    );
  });

  it('Tracee: events, and its findings as alerts', async () => {
    const { events, alerts } = await ingest(traceeFormat(), testdata('tracee', 'events.jsonl'));
    assert.deepEqual(
      events.map(({ type, path, address }) => [type, path ?? address?.port]),
      [
        ['execve', undefined],
        ['openat', '/etc/shadow'],
        ['connect', 3333],
      ],
    );
    assert.deepEqual(events[0]?.exec?.args, ['ls', '/etc']);
    assert.deepEqual(
      alerts.map(({ rule, priority }) => [rule, priority]),
      [['Anti-Debugging detected', 'Notice']],
    );
  });

  it('Kubernetes: events one by one and in lists; what is none is told, the rest counts', async () => {
    const { documents, windows } = await ingest(kubernetesAuditFormat, testdata('kubernetes-audit', 'events.jsonl'));
    assert.deepEqual(
      documents.map(({ source, timeUs }) => [source, timeUs]),
      [
        ['k8s_audit', 1767348000100001],
        ['k8s_audit', 1767348001000000],
      ],
    );
    assert.equal(windows.length, 1);
  });

  for (const format of [falcoFormat, tetragonFormat(), traceeFormat(), kubernetesAuditFormat]) {
    it(`${format.id}: strange records are counted, never thrown`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'plimsoll-ingest-'));
      try {
        const path = join(folder, 'strange.jsonl');
        writeFileSync(path, ['{', '[]', 'null', '{"time":1}', '{"process_exec":7,"time":"x"}', '"text"'].join('\n'));
        assert.equal((await ingest(format, path)).windows.length, 6);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});

describe('where records come from', () => {
  it('a file is followed over its rotation', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-ingest-'));
    try {
      const path = join(folder, 'falco.jsonl');
      const [line = ''] = readFileSync(testdata('falco', 'alerts.jsonl'), 'utf8').split('\n');
      writeFileSync(path, `${line}\n`);
      const seen = new Seen();
      const abort = new AbortController();
      const running = ingestSensor(falcoFormat, { kind: 'file', path, follow: true }, seen.world).run(
        seen.sink,
        abort.signal,
      );
      await until(() => seen.alerts.length === 1);
      appendFileSync(path, `${line.slice(0, 50)}`);
      appendFileSync(path, `${line.slice(50)}\n`);
      await until(() => seen.alerts.length === 2);
      renameSync(path, join(folder, 'old'));
      writeFileSync(path, `${line}\n`);
      await until(() => seen.alerts.length === 3);
      abort.abort();
      await running;
      assert.equal(seen.windows.length, 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a webhook takes POSTs', async () => {
    const port = await freePort();
    const source: IngestSource = { kind: 'webhook', host: '127.0.0.1', port };
    const seen = new Seen();
    const abort = new AbortController();
    const running = ingestSensor(kubernetesAuditFormat, source, seen.world).run(seen.sink, abort.signal);
    const [line = ''] = readFileSync(testdata('kubernetes-audit', 'events.jsonl'), 'utf8').split('\n');
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: line });
    assert.equal(response.status, 204);
    assert.equal(seen.documents.length, 1);
    abort.abort();
    await running;
  });

  it('a webhook is not opened to other machines', () => {
    assert.equal(parseIngestSource('http://0.0.0.0:8765', false).ok, false);
    assert.equal(parseIngestSource('http://127.0.0.1:8765', false).ok, true);
  });
});

it('times are read to the microsecond', () => {
  assert.equal(microsecondsOf('2026-01-02T10:00:00.123456789Z'), 1767348000123456);
  assert.equal(microsecondsOf('2026-01-02T11:00:00+01:00'), 1767348000000000);
  assert.equal(microsecondsOf('yesterday'), undefined);
});

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await setTimeout(50);
  assert.ok(condition());
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
