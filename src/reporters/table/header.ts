import { padTo } from '../columns.ts';
import { ageWords, artifactWords, counted, dateWords, endOfLifeWords, systemWords } from '../wording.ts';
import { hanging, type View } from './view.ts';

/** What was looked at, and with which knowledge. */
export function header(view: View): string[] {
  const { report } = view;
  return [
    view.paint('bold', `Plimsoll ${report.tool.version}`),
    ...facts(view, 'Target', [report.artifact.name, identity(view)]),
    ...facts(view, 'System', distribution(view)),
    ...support(view),
    ...facts(view, 'Contents', [contents(view)]),
    ...facts(view, 'Data', dataSources(view)),
  ];
}

const labelColumns = 10;

function facts(view: View, label: string, texts: readonly string[]): string[] {
  return texts.flatMap((text, index) => hanging(view, `  ${padTo(index === 0 ? label : '', labelColumns)}`, text));
}

function identity({ report: { artifact } }: View): string {
  const digest = artifact.manifestDigest ?? artifact.configDigest;
  return digest === undefined ? artifactWords(artifact) : `${artifactWords(artifact)}, ${digest.slice(0, 19)}`;
}

function distribution({ report }: View): string[] {
  const known = report.distribution;
  const words = systemWords(report);
  if (words === undefined) return [];
  if (!known) return [`${words}: its packages cannot be compared with any advisory`];
  const point =
    known.pointRelease === undefined || known.name.includes(known.pointRelease) ? '' : `, ${known.pointRelease}`;
  return [`${words}${point}${known.distroless ? ', distroless' : ''}`];
}

function support(view: View): string[] {
  const words = endOfLifeWords(view.report);
  if (!words) return [];
  return hanging(view, `  ${padTo('Support', labelColumns)}`, words.text, words.ended ? 'red' : undefined);
}

function contents({ report }: View): string {
  const packages = counted(report.packages.length, 'package');
  return report.artifact.layers.length === 0
    ? packages
    : `${packages} in ${counted(report.artifact.layers.length, 'layer')}`;
}

function dataSources({ report }: View): string[] {
  if (!report.scanners.includes('vulnerability')) return [];
  if (report.sources.length === 0) return ['none: nothing could be said about vulnerabilities'];
  return report.sources.map((source) => {
    const age = ageWords(source.asOf, report.createdAt);
    const limits = source.limits.length === 0 ? '' : `; ${source.limits.join('; ')}`;
    return `${source.title}, ${dateWords(source.asOf)}${age === undefined ? '' : ` (${age})`}${limits}`;
  });
}
