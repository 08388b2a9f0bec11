import type { Distribution, EndOfLife } from '#model/index.ts';
import almalinux from '../../../content/end-of-life/almalinux.json' with { type: 'json' };
import alpine from '../../../content/end-of-life/alpine.json' with { type: 'json' };
import amazon from '../../../content/end-of-life/amazon.json' with { type: 'json' };
import azureLinux from '../../../content/end-of-life/azure-linux.json' with { type: 'json' };
import centos from '../../../content/end-of-life/centos.json' with { type: 'json' };
import centosStream from '../../../content/end-of-life/centos-stream.json' with { type: 'json' };
import debian from '../../../content/end-of-life/debian.json' with { type: 'json' };
import fedora from '../../../content/end-of-life/fedora.json' with { type: 'json' };
import opensuseLeap from '../../../content/end-of-life/opensuse-leap.json' with { type: 'json' };
import oracle from '../../../content/end-of-life/oracle.json' with { type: 'json' };
import photon from '../../../content/end-of-life/photon.json' with { type: 'json' };
import rhel from '../../../content/end-of-life/rhel.json' with { type: 'json' };
import rocky from '../../../content/end-of-life/rocky.json' with { type: 'json' };
import sleMicro from '../../../content/end-of-life/sle-micro.json' with { type: 'json' };
import sles from '../../../content/end-of-life/sles.json' with { type: 'json' };
import ubuntu from '../../../content/end-of-life/ubuntu.json' with { type: 'json' };

/** A file of content/end-of-life. Versions are as os-release has them. */
interface ReleaseCalendar {
  readonly distributions: readonly string[];
  readonly source: string;
  /** ISO date on which the dates were last looked at. */
  readonly known: string;
  /** The dates hold for all minor releases: `9` for `9.4`. */
  readonly byMajorVersion?: boolean;
  readonly releases: readonly {
    readonly version: string;
    readonly codename?: string;
    readonly endOfLife: string;
    readonly longTerm?: string;
  }[];
}

const calendars: readonly ReleaseCalendar[] = [
  almalinux,
  alpine,
  amazon,
  azureLinux,
  centosStream,
  centos,
  debian,
  fedora,
  opensuseLeap,
  oracle,
  photon,
  rhel,
  rocky,
  sleMicro,
  sles,
  ubuntu,
];

/** When support of the distribution's release ends or ended; undefined when it is rolling or we do not know. */
export function endOfLifeOf(distribution: Distribution): EndOfLife | undefined {
  const id = calendarId(distribution);
  const calendar = calendars.find(({ distributions }) => distributions.includes(id));
  const release = calendar && findRelease(calendar, distribution);
  if (!calendar || !release) return undefined;
  return {
    date: release.endOfLife,
    ...(release.longTerm === undefined ? {} : { longTermDate: release.longTerm }),
    source: `${calendar.source}, as known on ${calendar.known}`,
  };
}

/** CentOS Linux and CentOS Stream share an id and their numbers, and end on different days. */
function calendarId({ id, name }: Distribution): string {
  return id === 'centos' && /\bstream\b/i.test(name) ? 'centos-stream' : id;
}

function findRelease({ releases, byMajorVersion }: ReleaseCalendar, { version }: Distribution) {
  const wanted = byMajorVersion ? version?.split('.')[0] : version;
  return releases.find((release) => release.version === wanted);
}

/** The release of a code name: `12` for Debian's `bookworm`. */
export function releaseOfCodename(id: string, codename: string): string | undefined {
  const releases = calendars.filter(({ distributions }) => distributions.includes(id)).flatMap((one) => one.releases);
  return releases.find((release) => release.codename?.toLowerCase() === codename.toLowerCase())?.version;
}
