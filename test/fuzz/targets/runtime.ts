import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseJsonText } from '#foundation/documents/index.ts';
import { eventTypes } from '#runtime/event-type.ts';
import { parseLine, renderLine } from '#runtime/recording/line.ts';
import { RecordDecoder } from '#runtime/sensors/bpf/records.ts';
import { falcoFormat } from '#runtime/sensors/falco/index.ts';
import { kubernetesAuditFormat } from '#runtime/sensors/kubernetes-audit/index.ts';
import { tetragonFormat } from '#runtime/sensors/tetragon/index.ts';
import { traceeFormat } from '#runtime/sensors/tracee/index.ts';
import { parseDns } from '#runtime/state/dns.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const runtime = new URL('../../../src/runtime/', import.meta.url);

function linesOf(path: string): Buffer[] {
  return readFileSync(new URL(path, runtime), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => Buffer.from(line));
}

export const dnsMessages: FuzzTarget = {
  id: 'dns-messages',
  title: 'DNS messages that processes send and get',
  form: 'big-endian',
  seeds: () => [
    Buffer.from('12340100000100000000000004706f6f6c076578616d706c6503636f6d0000010001', 'hex'),
    Buffer.from('12348180000100010000000004706f6f6c0378797a0000010001c00c0001000100000e1000040a010203', 'hex'),
  ],
  run(bytes) {
    for (const overTcp of [false, true]) {
      const message = parseDns(bytes, overTcp);
      if (message === undefined) continue;
      assert.ok(message.name.length <= 255);
      assert.ok(message.addresses.length <= 32);
    }
  },
};

export const sensorRecords: FuzzTarget = {
  id: 'sensor-records',
  title: 'Records in the ring buffer of the BPF sensor',
  form: 'little-endian',
  seeds: () => {
    const record = Buffer.alloc(256);
    record.writeUInt16LE(15, 94);
    record.writeUInt32LE(96, 116);
    record.writeUInt32LE(0x20000, 120);
    Buffer.from('010010002f6574632f7061737377640000000000', 'hex').copy(record, 128);
    return [record];
  },
  run(bytes) {
    const aligned = Buffer.from(new ArrayBuffer((bytes.length + 7) & ~7));
    aligned.set(bytes);
    const event = new RecordDecoder(aligned, 0).decode(0, bytes.length);
    if (event) assert.ok(eventTypes.includes(event.type));
  },
};

export const recordingLines: FuzzTarget = {
  id: 'recording-lines',
  title: 'Lines of recordings that are replayed',
  form: 'json',
  seeds: () => {
    const text = gunzipSync(readFileSync(new URL('recording/testdata/container.jsonl.gz', runtime))).toString();
    return text
      .split('\n')
      .slice(0, 40)
      .filter(Boolean)
      .map((line) => Buffer.from(line));
  },
  run(bytes) {
    const line = checkResult(parseLine(Buffer.from(bytes).toString('utf8')));
    if (line) assert.deepEqual(parseLine(renderLine(line)), { ok: true, value: line });
  },
};

export const foreignEvents: FuzzTarget = {
  id: 'foreign-events',
  title: 'Records of Falco, Tetragon, Tracee and the audit log of Kubernetes',
  form: 'json',
  seeds: () => [
    ...linesOf('sensors/falco/testdata/alerts.jsonl'),
    ...linesOf('sensors/tetragon/testdata/events.jsonl'),
    ...linesOf('sensors/tracee/testdata/events.jsonl'),
    ...linesOf('sensors/kubernetes-audit/testdata/events.jsonl'),
  ],
  run(bytes) {
    const document = parseJsonText(Buffer.from(bytes).toString('utf8'));
    if (!document.ok) return;
    for (const format of [falcoFormat, tetragonFormat(), traceeFormat(), kubernetesAuditFormat]) {
      for (const record of checkResult(format.read(document.value)) ?? []) {
        if (record.kind === 'event') assert.ok(eventTypes.includes(record.event.type));
      }
    }
  },
};
