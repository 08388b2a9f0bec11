// Opens files at a rate, for a time: `node bench/watch/load.ts RATE SECONDS`. A rate of 0 is as fast as it can. Prints how many there were.
import { closeSync, openSync } from 'node:fs';

const [rate = 0, seconds = 5] = process.argv.slice(2).map(Number);
const paths = [
  '/etc/hostname',
  '/etc/passwd',
  '/etc/os-release',
  '/proc/self/stat',
  '/usr/bin/env',
  '/tmp',
  '/dev/null',
  '/etc/hosts',
];
const started = performance.now();
const end = started + seconds * 1000;
let opened = 0;
for (let now = started; now < end; now = performance.now()) {
  const due = rate === 0 ? opened + 1000 : Math.floor(((now - started) / 1000) * rate);
  for (; opened < due; opened++) closeSync(openSync(paths[opened % paths.length] ?? '/dev/null', 'r'));
}
const elapsed = (performance.now() - started) / 1000;
console.log(JSON.stringify({ opened, perSecond: Math.round(opened / elapsed) }));
