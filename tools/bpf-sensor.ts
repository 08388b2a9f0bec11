// Builds the BPF sensor's objects: `npm run` has no door for it, because only who changes the program needs it.
//   node tools/bpf-sensor.ts            make calls.h and build both objects and their digests
//   node tools/bpf-sensor.ts --check    say whether the objects in the tree are what the sources give
// It needs Debian 12's clang 14 and llvm 14 and libbpf-dev 1.1: other versions give other bytes for the same program.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventTypeNumber } from '../src/runtime/event-type.ts';
import { type Call, calls } from '../src/runtime/sensors/bpf/calls.ts';

const folder = join(import.meta.dirname, '../src/runtime/sensors/bpf');
const program = join(folder, 'program');
const targets = [
  { name: 'x86', machine: 'x64' },
  { name: 'arm64', machine: 'arm64' },
] as const;

/** Digest of everything that goes into an object; it stands beside it, so that a change of the source without a build is found. */
export function sourceDigest(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(program)
    .filter((name) => /\.[ch]$/.test(name))
    .sort()) {
    hash.update(`${file}\n`).update(readFileSync(join(program, file)));
  }
  return hash.digest('hex');
}

/** `undefined` when the compiler that the objects are built with is here; else what is missing. */
export function missingCompiler(): string | undefined {
  try {
    const version = execFileSync('clang', ['--version'], { encoding: 'utf8' });
    if (!/clang version 14\.0\.6/.test(version)) return `clang is ${version.split('\n')[0]}, not 14.0.6`;
    execFileSync('llvm-strip', ['--version'], { stdio: 'ignore' });
    return /#define LIBBPF_MINOR_VERSION 1\b/.test(readFileSync('/usr/include/bpf/libbpf_version.h', 'utf8'))
      ? undefined
      : 'libbpf-dev is not 1.1';
  } catch {
    return 'clang 14, llvm 14 and libbpf-dev 1.1 (Debian 12) are not all installed';
  }
}

export function build(target: 'x86' | 'arm64'): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-bpf-'));
  try {
    const output = join(directory, 'sensor.bpf.o');
    const flags = [
      '-O2',
      '-g',
      '-target',
      'bpf',
      `-D__TARGET_ARCH_${target}`,
      '-Wall',
      '-Werror',
      '-Wno-unused-function',
    ];
    // Debug names would otherwise hold the folder that it was built in.
    const stable = [`-fdebug-prefix-map=${program}=.`, '-fdebug-compilation-dir=.'];
    execFileSync('clang', [...flags, ...stable, '-c', 'sensor.bpf.c', '-o', output], {
      cwd: program,
      stdio: 'inherit',
    });
    execFileSync('llvm-strip', ['-g', output], { stdio: 'inherit' });
    return readFileSync(output);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** `calls.h`: the tables of calls by number, and the numbers of types that the program names itself. */
export function renderCalls(): string {
  const named = ['execve', 'clone', 'procexit', 'cgroup_mkdir', 'cgroup_rmdir', 'fpu_rounding'];
  return [
    '/* SPDX-License-Identifier: (GPL-2.0 OR MIT) */',
    '/* Generated from calls.ts by tools/bpf-sensor.ts. */',
    '#pragma once',
    '',
    ...named.map((type) => `#define TYPE_${type.toUpperCase()} ${eventTypeNumber(type)}`),
    '',
    '#if defined(__TARGET_ARCH_x86)',
    ...renderTable('calls', 0),
    ...renderTable('compat_calls', 1),
    '#else',
    ...renderTable('calls', 2),
    '#endif',
    '',
  ].join('\n');
}

function renderTable(name: string, column: 0 | 1 | 2): string[] {
  const rows = calls
    .filter((call) => call.numbers[column] >= 0)
    .sort((a, b) => a.numbers[column] - b.numbers[column])
    .map((call) => `\t[${call.numbers[column]}] = ${renderCall(call)}, /* ${call.type} */`);
  return [`const volatile struct call ${name}[MAX_CALLS] = {`, ...rows, '};'];
}

function renderCall(call: Call): string {
  const argument = (index: number | 'result' | undefined) => (index === 'result' ? 6 : (index ?? 'NO_ARGUMENT'));
  return `{ ${[
    1,
    eventTypeNumber(call.type),
    `HANDLER_${(call.handler ?? 'plain').toUpperCase()}`,
    `FILTER_${(call.filter ?? 'none').toUpperCase()}`,
    `SHAPE_${(call.shape ?? 'plain').toUpperCase()}`,
    argument(call.fd),
    argument(call.path),
    argument(call.newPath),
    argument(call.text),
    argument(call.address),
    argument(call.data),
  ].join(', ')} }`;
}

function main(check: boolean): number {
  const missing = missingCompiler();
  if (missing) {
    console.error(missing);
    return 2;
  }
  if (!check) writeFileSync(join(program, 'calls.h'), renderCalls());
  let code = 0;
  for (const { name, machine } of targets) {
    const path = join(folder, `sensor.${machine}.o`);
    const built = build(name);
    if (!check) writeFileSync(path, built);
    else if (!built.equals(readFileSync(path))) code = 1;
    console.log(`${check && code ? 'differs' : 'ok'} ${path} ${built.length} bytes`);
  }
  if (!check) writeFileSync(join(folder, 'source.sha256'), `${sourceDigest()}\n`);
  return code;
}

if (import.meta.main) process.exitCode = main(process.argv.includes('--check'));
