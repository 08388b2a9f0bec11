import { parseJsonText } from '#foundation/documents/index.ts';
import type { Result } from '#foundation/index.ts';
import type { Unit } from '#model/index.ts';
import type { Container } from '../../container.ts';
import type { DocumentEvent, ForeignAlert, SensorEvent } from '../../event.ts';
import type { KnownWorld, Sensor, SensorHealth, SensorSink } from '../../sensor.ts';
import { type IngestSource, probeSource, readRecords } from './source.ts';

/** What another tool's records mean to us. */
export interface IngestFormat extends Unit {
  readonly requires: string;
  readonly blindTo: readonly string[];
  /** Pure: one record to what it tells. The error says why it cannot be understood. */
  read(record: unknown): Result<readonly IngestedRecord[]>;
}

export type IngestedRecord =
  | { readonly kind: 'event'; readonly event: SensorEvent }
  | { readonly kind: 'document'; readonly document: DocumentEvent }
  | { readonly kind: 'alert'; readonly alert: ForeignAlert }
  /** A container that records speak of: its group's number is the format's own. */
  | { readonly kind: 'container'; readonly group: number; readonly container: Container }
  /** A part of a record that could not be understood; the rest of it counts. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** The other tool says that it lost something itself. */
  | { readonly kind: 'loss'; readonly timeUs: number; readonly lost: number | undefined; readonly detail: string };

/** A sensor that takes its events from another tool. What cannot be understood is counted and told of, never dropped in silence. */
export function ingestSensor(format: IngestFormat, source: IngestSource, world: KnownWorld): Sensor {
  const counts = { events: 0, lost: 0, unreadable: 0 };
  return {
    id: format.id,
    title: format.title,
    references: format.references,
    maturity: format.maturity,
    requires: format.requires,
    blindTo: format.blindTo,
    probe: async () => {
      const reason = probeSource(source);
      return reason === undefined ? { ready: true, detail: describeSource(source) } : { ready: false, reason };
    },
    run: (sink, signal) => readRecords(source, (text) => deliver(format, text, { sink, world, counts }), signal),
    health: (): SensorHealth => ({ ...counts, lostByCpu: [] }),
  };
}

interface Delivery {
  readonly sink: SensorSink;
  readonly world: KnownWorld;
  readonly counts: { events: number; lost: number; unreadable: number };
}

function deliver(format: IngestFormat, text: string, delivery: Delivery): void {
  const parsed = parseJsonText(text);
  const records = parsed.ok ? format.read(parsed.value) : parsed;
  if (records.ok) for (const record of records.value) deliverRecord(format.id, record, delivery);
  else deliverRecord(format.id, { kind: 'unreadable', detail: records.error }, delivery);
}

function deliverRecord(sensor: string, record: IngestedRecord, { sink, world, counts }: Delivery): void {
  switch (record.kind) {
    case 'unreadable': {
      counts.unreadable++;
      const timeUs = Date.now() * 1000;
      const detail = `record ${counts.events + counts.unreadable} ${record.detail}`;
      sink.blind({ reason: 'input-unread', sensor, fromUs: timeUs, toUs: timeUs, lost: 1, detail });
      break;
    }
    case 'loss':
      counts.lost += record.lost ?? 0;
      sink.blind({
        reason: 'lost-events',
        sensor,
        fromUs: record.timeUs,
        toUs: record.timeUs,
        lost: record.lost,
        detail: record.detail,
      });
      break;
    case 'container':
      world.container(record.group, record.container);
      break;
    case 'event':
      counts.events++;
      sink.event(record.event);
      break;
    case 'document':
      counts.events++;
      sink.document(record.document);
      break;
    case 'alert':
      counts.events++;
      sink.alert(record.alert);
      break;
  }
}

function describeSource(source: IngestSource): string {
  if (source.kind === 'stdin') return 'standard input';
  return source.kind === 'file' ? source.path : `http://${source.host}:${source.port}`;
}
