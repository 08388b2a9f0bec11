/** Lengths of texts, so that they fit the indexes by which they are found. */
export const maxLengths = {
  kind: 40,
  rule: 200,
  subject: 380,
  title: 500,
  location: 480,
  packageName: 480,
  version: 400,
  purl: 2000,
  asset: 600,
  tag: 128,
  label: 400,
} as const;

export const maxFindings = 100_000;
export const maxPackages = 200_000;
