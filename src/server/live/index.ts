export { createLiveHub, type LiveHub } from './hub.ts';
export { removeOldEvents } from './remove-old.ts';
export { eventText, liveStream, placeText, readPlace } from './stream.ts';
