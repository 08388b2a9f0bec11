export type { Container, ContainerImage, ContainerMount, ContainerRuntime, Pod } from './container.ts';
export type { Descriptor, DescriptorKind, SocketEnds } from './descriptor.ts';
export {
  type BlindWindow,
  copyEvent,
  type DnsMessage,
  type DocumentEvent,
  type ExecDetails,
  emptyEvent,
  type ForeignAlert,
  type RuntimeEvent,
  type SensorEvent,
  type SocketAddress,
} from './event.ts';
export { type EventType, eventTypeNumber, eventTypes, isEventType } from './event-type.ts';
export type { Process } from './process.ts';
export type { Probe, Sensor, SensorHealth, SensorSink } from './sensor.ts';
