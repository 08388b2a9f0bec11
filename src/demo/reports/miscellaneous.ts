import type { LayerOrigin } from '#model/index.ts';
import type { Finding } from '#scan/index.ts';
import type { Random } from '../random.ts';
import { misconfiguration } from './configuration.ts';
import type { DemoRepository } from './images.ts';

/** A thing that somebody put into an image on one day, and took out on another. */
interface Mishap {
  readonly from: number;
  readonly until: number;
  readonly finding: Finding;
}

const imageChecks = [
  'image-config-user-root',
  'image-config-healthcheck-missing',
  'image-config-path-writable',
  'image-config-tls-verification-off',
  'image-config-debug-mode',
  'image-config-sudo',
  'image-config-expose-ssh',
] as const;

/** Secrets, malware and what is set up wrongly, of a build of that day. */
export function miscellaneousFindings(
  repository: DemoRepository,
  builtOn: number,
  random: Random,
  layer: LayerOrigin | undefined,
): Finding[] {
  if (repository.stack === undefined) return [];
  return mishaps(random, layer)
    .filter(({ from, until }) => from <= builtOn && builtOn < until)
    .map(({ finding }) => finding);
}

function mishaps(random: Random, layer: LayerOrigin | undefined): Mishap[] {
  const period = () => {
    const from = random.chance(0.6) ? -1000 : random.between(-85, -4);
    return { from, until: random.chance(0.5) ? 1000 : Math.max(from, -90) + random.between(8, 60) };
  };
  const found: Mishap[] = random
    .some(imageChecks, random.between(1, 3))
    .map((id) => ({ ...period(), finding: misconfiguration(id, { path: 'image configuration', line: 1 }) }));
  for (const make of [awsKey, password, privateKey, token])
    if (random.chance(0.22)) found.push({ ...period(), finding: make(random, layer) });
  if (random.chance(0.06)) found.push({ ...period(), finding: miner(random, layer) });
  if (random.chance(0.08)) found.push({ ...period(), finding: setuidShell(random, layer) });
  return found;
}

function placed(path: string, line: number, layer: LayerOrigin | undefined) {
  return { path, line, ...(layer && { layer }) };
}

type Make = (random: Random, layer: LayerOrigin | undefined) => Finding;

const secret = { kind: 'secret', references: [] } as const;

const awsKey: Make = (random, layer) => ({
  ...secret,
  id: 'aws-access-key',
  severity: 'critical',
  title: 'AWS access key with its secret',
  confidence: 'high',
  source: 'file',
  location: placed('app/.env', random.between(2, 30), layer),
  name: 'AWS_SECRET_ACCESS_KEY',
  fingerprint: random.hex(32),
  preview: 'AKIA… (20 characters)',
});

const password: Make = (random) => ({
  ...secret,
  id: 'password-assignment',
  severity: 'medium',
  title: 'Password in an assignment',
  confidence: 'medium',
  source: 'env',
  name: 'DB_PASSWORD',
  fingerprint: random.hex(32),
  preview: '(redacted)',
});

const privateKey: Make = (random, layer) => ({
  ...secret,
  id: 'private-key',
  severity: 'high',
  title: 'Private key',
  confidence: 'high',
  source: 'file',
  location: placed('app/certificates/service.key', 1, layer),
  fingerprint: random.hex(32),
  preview: '-----BEGIN PRIVATE KEY----- (redacted)',
});

const token: Make = (random, layer) => ({
  ...secret,
  id: 'github-personal-token',
  severity: 'critical',
  title: 'GitHub personal access token',
  confidence: 'high',
  source: 'file',
  location: { ...placed('root/.netrc', 2, layer), isDeleted: true },
  name: 'GITHUB_TOKEN',
  fingerprint: random.hex(32),
  preview: 'ghp_… (40 characters)',
});

const miner: Make = (random, layer) => ({
  kind: 'malware',
  id: 'miner-configuration',
  severity: 'critical',
  title: 'Configuration of a miner of cryptocurrency',
  confidence: 'high',
  location: placed('usr/share/.cache/config.json', 3, layer),
  sha256: random.hex(64),
  size: random.between(800, 4000),
  evidence: [{ pattern: '$pool', offset: 61, line: 3, excerpt: '"url": "stratum+tcp://pool.demo.example:3333"' }],
  description: 'The file tells a miner which pool to work for and whose account to credit.',
  advice: 'Find out which build step brought it, and treat hosts that ran the image as compromised.',
  references: ['https://attack.mitre.org/techniques/T1496/'],
  statedIn: 'miners.yar',
});

const setuidShell: Make = (random, layer) => ({
  kind: 'malware',
  id: 'setuid-shell',
  severity: 'medium',
  title: 'Shell that runs as its owner',
  confidence: 'medium',
  location: placed('usr/local/bin/debug-shell', 1, layer),
  sha256: random.hex(64),
  size: 125_688,
  evidence: [],
  description: 'Whoever starts it becomes root.',
  advice: 'Take the mode away or remove the file.',
  references: [],
  statedIn: 'places.yar',
});
