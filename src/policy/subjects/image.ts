import { type Field, field, listOf, object, optional, type PolicySubject } from './field.ts';

const bySeverity = (meaning: string): Field =>
  object(meaning, {
    total: field('int', 'All of them.'),
    critical: field('int', ''),
    high: field('int', ''),
    medium: field('int', ''),
    low: field('int', ''),
    info: field('int', ''),
    unknown: field('int', 'Nobody has rated them.'),
  });

const counts = (meaning: string): Field =>
  object(meaning, {
    open: bySeverity('Neither decided about nor declared not affected.'),
    decided: bySeverity('Closed by an exception, VEX, a baseline or the publisher.'),
    fixable: bySeverity(
      'The open ones of which an upgrade is known that removes them; for other kinds than vulnerabilities zero.',
    ),
  });

export const image: PolicySubject = {
  kind: 'Image',
  resource: 'images',
  meaning: 'The image that was scanned. There is none for a directory, a root file system or a host.',
  spec: {
    name: field('string', 'As the user named it: `registry.example.com/shop/checkout:1.4`, `image.tar`.'),
    scheme: field(
      'string',
      'How it was opened: `registry`, `docker`, `podman`, `containerd`, `oci`, `archive`, `sbom`.',
    ),
    isDescribed: field('bool', 'Only an SBOM of it was looked at: what its files say is not known.'),
    isPinned: field('bool', 'It was named by digest, so that it cannot become another.'),
    registry: optional(
      field('string', 'Host, with port where one was given: `docker.io`. Absent where its name says none.'),
    ),
    repository: optional(field('string', '`library/debian`.')),
    tag: optional(field('string', 'The tag by which it was named; `latest` where neither tag nor digest was given.')),
    tags: field('list(string)', 'Every reference that the source knows it by.'),
    digest: optional(field('string', 'Of the manifest: `sha256:…`. Archives have none.')),
    indexDigest: optional(field('string', 'Of the index that it was chosen from.')),
    configDigest: optional(field('string', 'Of the configuration: the image’s id.')),
    os: field('string', '`linux`; `unknown` where nothing tells.'),
    architecture: field('string', '`amd64`; `unknown` where nothing tells.'),
    created: optional(
      field('string', 'RFC 3339. Absent where the build wrote no real time, as reproducible builds do.'),
    ),
    ageDays: optional(field('int', 'Whole days from `created` to the scan.')),
    hasConfiguration: field(
      'bool',
      'Whether the configuration could be read. If not, all that comes of it below is empty.',
    ),
    user: field('string', 'As the configuration has it; empty means root.'),
    runsAsRoot: field(
      'bool',
      'The user is empty, `root` or 0. A name that the image’s own files map to 0 is not seen.',
    ),
    ports: field('list(string)', '`8080/tcp`.'),
    volumes: field('list(string)', 'Paths.'),
    envNames: field('list(string)', 'Names of environment variables; their values are not given to policies.'),
    labels: field('map(string, string)', ''),
    entrypoint: field('list(string)', ''),
    command: field('list(string)', ''),
    hasHealthcheck: field('bool', 'A health check is configured and not `NONE`.'),
    layers: listOf('Bottom first.', {
      digest: field('string', 'Of the uncompressed layer.'),
      part: field('string', '`base`, `own` or `unknown`: whether it belongs to the base image.'),
      instruction: optional(field('string', 'The build step, secrets redacted.')),
      bytes: optional(field('int', 'Size as it is stored.')),
    }),
    base: object('The image that it stands on, as far as labels and history tell.', {
      isKnown: field('bool', 'Whether it is known which layers are its.'),
      layers: field('int', 'How many are.'),
      name: optional(field('string', 'From the label `org.opencontainers.image.base.name`.')),
      digest: optional(field('string', 'From the label `org.opencontainers.image.base.digest`.')),
    }),
    distribution: optional(
      object('The operating system in it. Absent where nothing tells.', {
        id: field('string', '`debian`, `alpine`, …'),
        version: optional(field('string', '`12`.')),
        name: field('string', '`Debian GNU/Linux 12 (bookworm)`.'),
        isDistroless: field('bool', ''),
        endOfLife: optional(field('string', 'End of regular support, ISO date.')),
        longTermEnd: optional(field('string', 'End of long-term support that needs no contract, ISO date.')),
      }),
    ),
    support: field('string', '`regular`, `long-term`, `ended`, or `unknown` where no calendar is known.'),
    packages: field('int', 'How many were found.'),
    scanners: field(
      'list(string)',
      'What was looked for: `vulnerability`, `secret`, `malware`, `misconfiguration`, `licence`.',
    ),
    findings: object('How many findings there are. Of a kind that was not looked for, none.', {
      vulnerability: counts('One for each vulnerability in each package.'),
      secret: counts(''),
      malware: counts(''),
      misconfiguration: counts(''),
      licence: counts(''),
    }),
    exploited: field('int', 'Open vulnerabilities that are known to be exploited (CISA KEV).'),
    isExploitationKnown: field('bool', 'The catalogue of exploited vulnerabilities was there to be asked.'),
    assessment: field('string', '`complete` or `incomplete`, as in the report.'),
    notAssessed: field('list(string)', 'Why it is incomplete, one sentence a reason.'),
    signature: field('string', '`verified`, `none` or `unknown`. Signatures are not verified yet: it is `unknown`.'),
    attestations: listOf('Those given with `--attestation` that are about this image.', {
      predicateType: field('string', 'URI of what is attested.'),
      verification: field('string', 'As `signature`.'),
    }),
  },
  example: '!object.spec.runsAsRoot && object.spec.findings.vulnerability.fixable.critical == 0',
};
