import type { Problem } from '#foundation/index.ts';
import type { InstalledPackage } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { packagesOf } from '../../sbom/packages.ts';
import { readSbom } from '../../sbom/read.ts';
import { subjectOf } from '../../sbom/subject.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector } from '../records.ts';

/** The packages of a document. What it says of files, layers and places is of the artifact that it was made of, not of this one. */
export function parseEmbedded(file: InputFile): ParsedRecords {
  if (isReadElsewhere(file.path)) return { packages: [], problems: [] };
  const document = readSbom(file);
  if (!document.ok) return { packages: [], problems: isSurely(file.path) ? [unreadable(file, document.error)] : [] };
  const subject = subjectOf(document.value.subject, file.path);
  const found = packagesOf(document.value, { subject, distribution: undefined, fallbackPath: file.path });
  const collector = new RecordCollector(file, 'embedded-sbom', 'SBOM');
  for (const pkg of found.packages) collector.add(recordOf(pkg));
  const { packages, problems } = collector.result();
  const all = [...document.value.problems, ...found.problems].map((problem) => asAddition(problem, file));
  return { packages, problems: [...all, ...problems] };
}

/** Documents of Bitnami, whose own cataloger knows more about them. */
function isReadElsewhere(path: string): boolean {
  return /(?:^|\/)\.spdx-[^/]*\.spdx$/.test(path);
}

/** `bom.json` may be anything; names that end in a format say what they are. */
function isSurely(path: string): boolean {
  return /\.(?:cdx|cyclonedx|spdx)(?:\.(?:json|xml))?$/.test(path);
}

function unreadable({ path }: InputFile, reason: string): Problem {
  const message = `An SBOM that lies in the artifact could not be read (it ${reason}); what only it tells is missing.`;
  return { code: 'embedded-sbom-unreadable', message, effect: 'degraded', subject: path };
}

/** The document tells more than one would know without it: what it leaves open is no hole in what was looked at. */
function asAddition(problem: Problem, { path }: InputFile): Problem {
  const { effect, subject } = problem;
  const place = subject === undefined ? path : `${path}: ${subject}`;
  return { ...problem, effect: effect === 'incomplete' ? 'degraded' : effect, subject: place };
}

function recordOf(pkg: InstalledPackage): PackageRecord {
  const { purl: _purl, cataloger: _cataloger, evidence: _evidence, origin: _origin, ownedBy: _owner, ...record } = pkg;
  const { files: _files, relation: _relation, ...rest } = record;
  return rest;
}
