import { err, ok, type Result } from '#foundation/index.ts';
import type { KnownWorld, Sensor } from '../sensor.ts';
import { bpfSensor } from './bpf/index.ts';
import type { ProgramDescriptors } from './bpf/reader.ts';
import { falcoFormat } from './falco/index.ts';
import { type IngestFormat, ingestSensor } from './ingest/ingest.ts';
import { parseIngestSource } from './ingest/source.ts';
import { kubernetesAuditFormat } from './kubernetes-audit/index.ts';
import { replaySensor } from './replay/index.ts';
import { tetragonFormat } from './tetragon/index.ts';
import { traceeFormat } from './tracee/index.ts';

/** What sensors are made with: what this process was given, where input comes from, who is told of the world. */
export interface SensorMaterial {
  readonly descriptors: ProgramDescriptors | undefined;
  readonly world: KnownWorld;
}

/** Sensors that watch this machine themselves, best first. */
export function hostSensors({ descriptors }: SensorMaterial): readonly Sensor[] {
  return [bpfSensor(descriptors)];
}

const formats: readonly (() => IngestFormat)[] = [
  () => falcoFormat,
  tetragonFormat,
  traceeFormat,
  () => kubernetesAuditFormat,
];

export function ingestFormats(): readonly IngestFormat[] {
  return formats.map((make) => make());
}

/** A sensor by its word on the command line: an id, or `id:source` for those that take their events from elsewhere. */
export function sensorNamed(word: string, material: SensorMaterial, follow: boolean): Result<Sensor> {
  const colon = word.indexOf(':');
  const id = colon < 0 ? word : word.slice(0, colon);
  const place = colon < 0 ? '-' : word.slice(colon + 1);
  const own = hostSensors(material).find((sensor) => sensor.id === id);
  if (own) return ok(own);
  if (id === 'replay') return ok(replaySensor(place, material.world));
  const format = ingestFormats().find((candidate) => candidate.id === id);
  if (format === undefined) {
    const known = [...hostSensors(material), ...ingestFormats()].map((unit) => unit.id);
    return err(`there is no sensor ${id}; there are ${known.join(', ')}`);
  }
  const source = parseIngestSource(place, follow);
  return source.ok ? ok(ingestSensor(format, source.value, material.world)) : source;
}

export interface SensorChoice {
  readonly sensor: Sensor | undefined;
  /** Why better ones were not chosen. */
  readonly passed: readonly { readonly id: string; readonly reason: string }[];
}

/** The best sensor that can run here. */
export async function chooseSensor(sensors: readonly Sensor[]): Promise<SensorChoice> {
  const passed: { readonly id: string; readonly reason: string }[] = [];
  for (const sensor of sensors) {
    const probe = await sensor.probe();
    if (probe.ready) return { sensor, passed };
    passed.push({ id: sensor.id, reason: probe.reason });
  }
  return { sensor: undefined, passed };
}
