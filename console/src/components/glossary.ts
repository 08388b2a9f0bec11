/** Words of the field that not everybody who works here knows, in a sentence each. */
export const glossary = {
  API: 'Application programming interface: what programs use instead of these pages.',
  CIS: 'Center for Internet Security: publishes benchmarks of how to set machines and tools up safely.',
  CSAF: 'Common Security Advisory Framework: advisories, and what a product is affected by, as JSON.',
  CVE: 'Common Vulnerabilities and Exposures: the public number of a known vulnerability.',
  CVSS: 'Common Vulnerability Scoring System: how bad a vulnerability is in itself, from 0 to 10, wherever it is.',
  CWE: 'Common Weakness Enumeration: the kind of mistake behind a vulnerability.',
  CycloneDX: 'A format for lists of what software is made of.',
  EPSS: 'Exploit Prediction Scoring System: how likely it is that somebody attacks by this vulnerability within 30 days.',
  KEV: 'Known Exploited Vulnerabilities: the list kept by CISA of what is used in attacks now.',
  MTTR: 'Mean time to remediate: from first seen until proven gone.',
  OIDC: 'OpenID Connect: signing in through the account that your organisation runs already.',
  OpenVEX: 'A format in which to state that a vulnerability does not affect a product, and why.',
  PURL: 'Package URL: the name of a package with its ecosystem, as in pkg:npm/left-pad.',
  SBOM: 'Software bill of materials: the list of all packages in something.',
  SLA: 'Service level agreement: by when a finding has to be dealt with.',
  SLSA: 'Supply-chain Levels for Software Artifacts: how well it is known how something was built.',
  SPDX: 'A format for lists of what software is made of, and the names of licences.',
  SSVC: 'Stakeholder-Specific Vulnerability Categorization: a decision tree that says how soon to act.',
  TOTP: 'Time-based one-time password: the six digits of an authenticator app.',
  VEX: 'Vulnerability Exploitability eXchange: a statement on whether a vulnerability affects a product.',
  Finding:
    'Something that is wrong, in one asset: a vulnerability in a package, a secret, malware, a setting. It stays the same finding over new versions.',
  Occurrence: 'One place where a finding is: a file or package in one digest.',
  Asset: 'What has findings and an owner: a repository of images, a host, a project or a workload.',
  Digest: 'The fingerprint of an image: the same digest is the same content.',
  Exception: 'A decision that findings need not be fixed, for a reason and until a date, approved by somebody else.',
  Exposure: 'From where the asset can be reached: the internet, only from inside, or not known.',
  Rank: 'How soon to act among findings of the same severity, 0 to 100. The receipt says what it is made of.',
} as const;

export type GlossaryWord = keyof typeof glossary;
