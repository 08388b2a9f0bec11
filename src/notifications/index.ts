export { type EventKind, eventKinds } from './event.ts';
