import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkCluster, checkFiles, checkImageConfig, checkMachine, machineParts } from '#checks/index.ts';
import { licenceFindings } from '#licences/index.ts';
import { parseClusterState, parseEvidence } from '#posture/index.ts';
import { type SavedReport, type ScanReport, scan } from '#scan/index.ts';
import type { Proof } from '#standards/index.ts';
import { parseConfig } from '../../src/artifact/image/config.ts';
import { cleanReport, finding, installed } from './report.ts';

/** The day on which proofs are judged. */
const today = '2026-11-24';

/** Asked of evidence of a machine or a cluster. */
type MachineSubject = 'cluster' | 'container' | 'docker-host' | 'host';

function isMachine(subject: Proof['subject']): subject is MachineSubject {
  return subject === 'cluster' || subject === 'container' || subject === 'docker-host' || subject === 'host';
}

const pathOf: Readonly<Record<Exclude<Proof['subject'], 'image-config' | MachineSubject>, string>> = {
  kubernetes: 'deploy/app.yaml',
  compose: 'compose.yaml',
  dockerfile: 'Dockerfile',
  files: 'file',
};

/** What scanning one side of a proof reports. */
export async function reportOf(proof: Proof, side: 'violates' | 'satisfies'): Promise<SavedReport> {
  if (proof.subject === 'files') return scannedFile(proof.path ?? pathOf.files, proof[side]);
  if (proof.subject === 'cluster') return auditedCluster(proof[side]);
  if (isMachine(proof.subject)) return audited(proof[side]);
  const { findings, summary, problems } = checked(proof, proof[side]);
  assert.deepEqual([summary.notAssessed, problems], [[], []], proof[side]);
  return { ...emptyReport, scanners: ['misconfiguration'], findings, checks: summary };
}

/** A part of a machine's evidence: most checks have not what they need, and that is told. */
function audited(text: string): SavedReport {
  const evidence = parseEvidence(text, 'proof');
  assert.ok(evidence.ok, text);
  const { findings, summary, problems } = checkMachine(evidence.value, machineParts);
  assert.deepEqual(problems, []);
  return { ...emptyReport, scanners: ['misconfiguration'], findings, checks: summary };
}

function auditedCluster(text: string): SavedReport {
  const state = parseClusterState(text, 'proof');
  assert.ok(state.ok, text);
  const { findings, summary, problems } = checkCluster(state.value);
  assert.deepEqual(problems, []);
  return { ...emptyReport, scanners: ['misconfiguration'], findings, checks: summary };
}

const emptyReport: SavedReport = {
  schema: 'plimsoll.scan.v1',
  createdAt: `${today}T00:00:00.000Z`,
  artifact: { kind: 'tree', name: 'proof', scheme: 'directory' },
  scanners: [],
  findings: [],
  unassessed: [],
  problems: [],
  assessment: 'complete',
};

function checked({ subject, path }: Proof, text: string) {
  assert.ok(!isMachine(subject) && subject !== 'files');
  if (subject === 'image-config') {
    const config = parseConfig(Buffer.from(text));
    assert.ok(config.ok, text);
    return checkImageConfig(config.value.config, { today });
  }
  const kind = subject === 'dockerfile' ? 'dockerfile' : 'yaml';
  return checkFiles([{ path: path ?? pathOf[subject], fragment: { kind, text } }], { today });
}

/** By the scan of a directory that has nothing else in it. */
async function scannedFile(path: string, text: string): Promise<SavedReport> {
  const root = mkdtempSync(join(tmpdir(), 'plimsoll-proof-'));
  try {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return await scannedDirectory(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function scannedDirectory(root: string): Promise<ScanReport> {
  const done = await scan({
    target: `dir:${root}`,
    open: {},
    cache: 'none',
    advisories: 'none',
    includeKernelHeaders: false,
    search: { secrets: {}, malware: {} },
    decisions: { vex: [], attachedVex: false, exceptions: [] },
    signal: AbortSignal.timeout(60_000),
    onProgress: () => undefined,
  });
  assert.ok(done.ok);
  return done.value;
}

/** Two reports that differ in what a control is about. */
export interface ProofReports {
  readonly violates: SavedReport;
  readonly satisfies: SavedReport;
}

/** A vulnerability is no document: an image with one of this severity, and one without. */
export function vulnerabilityReports(severity: 'critical' | 'high' | 'medium' | 'low'): ProofReports {
  const found = finding({
    id: 'CVE-2026-10001',
    package: installed({ name: 'libinvoice', version: '1.0-1' }),
    severity,
  });
  return { violates: cleanReport({ findings: [found] }), satisfies: cleanReport() };
}

/** An image with a package whose licence restricts its use, and one with a package that may be used for anything. */
export function licenceReports(): ProofReports {
  const reportWith = (licence: string) => {
    const owner = installed({ name: 'libinvoice', version: '1.0-1', licences: [licence] });
    return cleanReport({ scanners: ['licence'], packages: [owner], findings: licenceFindings([owner], () => true) });
  };
  return { violates: reportWith('BUSL-1.1'), satisfies: reportWith('MIT') };
}
