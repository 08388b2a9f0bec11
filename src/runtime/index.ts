export type { Container, ContainerImage, ContainerMount, ContainerRuntime, Pod } from './container.ts';
export { describeContainer } from './containers/describe.ts';
export { findHierarchy, listGroups } from './containers/hierarchy.ts';
export { listRunning } from './containers/state-files.ts';
export type { Descriptor, DescriptorKind, SocketEnds } from './descriptor.ts';
export {
  type BlindWindow,
  type DnsMessage,
  type DocumentEvent,
  type ExecDetails,
  emptyEvent,
  type ForeignAlert,
  type RuntimeEvent,
  type SensorEvent,
  type SocketAddress,
} from './event.ts';
export { type EventType, eventTypes, isEventType } from './event-type.ts';
export { Pipeline, type RuntimeSink } from './pipeline.ts';
export type { Process } from './process.ts';
export { Recorder } from './recording/recorder.ts';
export type { KnownWorld, Probe, Sensor, SensorHealth, SensorSink } from './sensor.ts';
export { chooseSensor, hostSensors, ingestFormats, sensorNamed } from './sensors/index.ts';
export { dropRights, isEngineProcess, OverseerChannel } from './separation/engine-side.ts';
export { COUNTERS_DESCRIPTOR, ENGINE_VARIABLE, RING_DESCRIPTOR } from './separation/messages.ts';
export { oversee } from './separation/overseer.ts';
export { readProcesses } from './state/seed.ts';
