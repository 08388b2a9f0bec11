import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { finding, installed, sampleReport } from '../../test/kit/report.ts';

const [address = '', token = '', process = ''] = globalThis.process.argv.slice(2);

/** `node bench/server/upload.ts http://127.0.0.1:7480 plm_… [pid of the server]`: uploads reports of 500 packages, and one of 53 MB. */
function report(image: number, packages: number, findings: number, padding = 0): string {
  const list = Array.from({ length: packages }, (_, n) =>
    installed({
      name: `library-${n}`,
      version: `1.${n < packages - 20 ? n : image}.0-2`,
      purl: `pkg:deb/debian/library-${n}@1.${n < packages - 20 ? n : image}.0-2`,
    }),
  );
  const found = Array.from({ length: findings }, (_, n) => {
    const owner = list[n % packages];
    if (owner === undefined) throw new Error('there are packages');
    return finding({
      id: `CVE-2025-${10_000 + n}`,
      package: owner,
      severity: 'high',
      summary: `Overflow ${'x'.repeat(padding)}`,
    });
  });
  const digest = (part: string) =>
    `sha256:${createHash('sha256').update(`${part} ${image} ${packages}`).digest('hex')}` as const;
  const base = sampleReport();
  const name = `registry.example/bench/app-${image % 10}:${image}`;
  const artifact = {
    ...base.artifact,
    name,
    tags: [name],
    manifestDigest: digest('m'),
    indexDigest: digest('i'),
    configDigest: digest('c'),
  };
  return JSON.stringify(
    sampleReport({
      createdAt: new Date().toISOString(),
      artifact,
      packages: list,
      findings: found,
      unassessed: [],
      problems: [],
      assessment: 'complete',
    }),
  );
}

async function upload(body: string): Promise<number> {
  const started = performance.now();
  const answer = await fetch(`${address}/api/v1/reports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  });
  if (!answer.ok) throw new Error(await answer.text());
  await answer.text();
  return performance.now() - started;
}

function resident(): string {
  if (process === '') return '';
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1];
  return `, resident ${Math.round(Number(kilobytes) / 1000)} MB`;
}

const start = Date.now() % 1_000_000;
const took: number[] = [];
for (let image = 0; image < 40; image++) took.push(await upload(report(start + image, 500, 100)));
const sorted = took.slice(5).sort((a, b) => a - b);
console.log(
  `500 packages, 100 findings: median ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms, slowest ${Math.round(sorted.at(-1) ?? 0)} ms${resident()}`,
);
const large = report(start + 100, 5000, 40_000, 400);
console.log(`${Math.round(large.length / 1e6)} MB: ${Math.round(await upload(large))} ms${resident()}`);
await new Promise((resolve) => setTimeout(resolve, 60_000));
console.log(`a minute later${resident()}`);
