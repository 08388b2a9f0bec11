#!/usr/bin/env node
// Starts Plimsoll for CI systems, from any directory and on any Node from 20 on: the program that PLIMSOLL_PROGRAM names (a built
// plimsoll.js), else this copy of the sources, which installs its locked dependencies and builds itself the first time.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

const LEAST_NODE = 24;

const { PLIMSOLL_PROGRAM: program, ...rest } = process.env;
const own = [join(import.meta.dirname, '../../tools/run.mjs'), 'start'];
const argv = [...(program ? [program] : own), ...process.argv.slice(2)];
// The door of the sources takes this for the directory that relative paths start from.
const env = { ...rest, INIT_CWD: process.cwd() };
const child = spawn(program ? nodeFor(program) : process.execPath, argv, { stdio: 'inherit', env });
child.on('error', (error) => {
  console.error(`plimsoll: it cannot be started: ${error.message}`);
  process.exitCode = 3;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
});

/** This Node, or the pinned one among the dependencies beside the program. */
function nodeFor(program) {
  if (Number(process.versions.node.split('.')[0]) >= LEAST_NODE) return process.execPath;
  const pinned = join(dirname(program), `../node_modules/node-linux-${process.arch}/bin/node`);
  if (existsSync(pinned)) return pinned;
  console.error(`plimsoll: ${program} needs Node ${LEAST_NODE} or newer; this is ${process.versions.node}`);
  process.exit(2);
}
