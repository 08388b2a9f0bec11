import almalinux from '../../content/end-of-life/almalinux.json' with { type: 'json' };
import alpine from '../../content/end-of-life/alpine.json' with { type: 'json' };
import amazon from '../../content/end-of-life/amazon.json' with { type: 'json' };
import azureLinux from '../../content/end-of-life/azure-linux.json' with { type: 'json' };
import centos from '../../content/end-of-life/centos.json' with { type: 'json' };
import centosStream from '../../content/end-of-life/centos-stream.json' with { type: 'json' };
import debian from '../../content/end-of-life/debian.json' with { type: 'json' };
import fedora from '../../content/end-of-life/fedora.json' with { type: 'json' };
import opensuseLeap from '../../content/end-of-life/opensuse-leap.json' with { type: 'json' };
import oracle from '../../content/end-of-life/oracle.json' with { type: 'json' };
import photon from '../../content/end-of-life/photon.json' with { type: 'json' };
import rhel from '../../content/end-of-life/rhel.json' with { type: 'json' };
import rocky from '../../content/end-of-life/rocky.json' with { type: 'json' };
import sleMicro from '../../content/end-of-life/sle-micro.json' with { type: 'json' };
import sles from '../../content/end-of-life/sles.json' with { type: 'json' };
import ubuntu from '../../content/end-of-life/ubuntu.json' with { type: 'json' };
import dotnet from '../../content/end-of-life-products/dotnet.json' with { type: 'json' };
import go from '../../content/end-of-life-products/go.json' with { type: 'json' };
import mariadb from '../../content/end-of-life-products/mariadb.json' with { type: 'json' };
import mysql from '../../content/end-of-life-products/mysql.json' with { type: 'json' };
import node from '../../content/end-of-life-products/node.json' with { type: 'json' };
import php from '../../content/end-of-life-products/php.json' with { type: 'json' };
import postgresql from '../../content/end-of-life-products/postgresql.json' with { type: 'json' };
import python from '../../content/end-of-life-products/python.json' with { type: 'json' };
import ruby from '../../content/end-of-life-products/ruby.json' with { type: 'json' };

interface Release {
  readonly version: string;
  readonly codename?: string | undefined;
  readonly endOfLife: string;
  readonly longTerm?: string | undefined;
}

interface Calendar {
  readonly title: string;
  readonly releases: readonly Release[];
}

/** Official images by the name of their repository. */
const calendars = new Map<string, Calendar>([
  ['almalinux', { title: 'AlmaLinux', releases: almalinux.releases }],
  ['alpine', { title: 'Alpine', releases: alpine.releases }],
  ['centos', { title: 'CentOS', releases: centos.releases }],
  ['debian', { title: 'Debian', releases: debian.releases }],
  ['fedora', { title: 'Fedora', releases: fedora.releases }],
  ['rockylinux', { title: 'Rocky Linux', releases: rocky.releases }],
  ['rockylinux/rockylinux', { title: 'Rocky Linux', releases: rocky.releases }],
  ['ubuntu', { title: 'Ubuntu', releases: ubuntu.releases }],
  ['golang', go],
  ['mariadb', mariadb],
  ['mysql', mysql],
  ['node', node],
  ['php', php],
  ['postgres', postgresql],
  ['python', python],
  ['ruby', ruby],
  ['mcr.microsoft.com/dotnet/aspnet', dotnet],
  ['mcr.microsoft.com/dotnet/runtime', dotnet],
  ['mcr.microsoft.com/dotnet/sdk', dotnet],
]);

/** By `ID` of os-release. */
const systems = new Map<string, { readonly known: string; readonly releases: readonly Release[] }>(
  [
    almalinux,
    alpine,
    amazon,
    azureLinux,
    centos,
    centosStream,
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
  ].flatMap((calendar) => calendar.distributions.map((id) => [id, calendar] as const)),
);

/** The release of an operating system; undefined where its end is not known. */
export function endOfRelease(
  id: string,
  version: string,
  today: string,
): { readonly release: string; readonly date: string; readonly isOver: boolean } | undefined {
  const calendar = systems.get(id.toLowerCase());
  const release = calendar && releaseOf({ title: id, releases: calendar.releases }, version);
  const date = release && [release.endOfLife, release.longTerm ?? ''].sort().at(-1);
  return date === undefined ? undefined : { release: `${id} ${version}`, date, isOver: date < today.slice(0, 10) };
}

/** The release that an official image's tag stands for, where its support is over. Undefined for other images, and where nothing is known. */
export function endOfImage(
  repository: string,
  tag: string | undefined,
  today: string,
): { readonly release: string; readonly date: string } | undefined {
  const calendar = calendars.get(repository.replace(/^(?:docker\.io\/)?(?:library\/)?/, ''));
  const [first = '', ...rest] = (tag ?? '').toLowerCase().split('-');
  if (!calendar || first === '') return undefined;
  const release = releaseOf(calendar, first);
  const date = release && [release.endOfLife, release.longTerm ?? ''].sort().at(-1);
  if (release && date && date < today.slice(0, 10)) return { release: `${calendar.title} ${release.version}`, date };
  // `node:24-buster`: the runtime lives on, the system below it does not.
  return calendar.releases === debian.releases || rest.length === 0 ? undefined : endOfSystem(rest, today);
}

function endOfSystem(words: readonly string[], today: string) {
  for (const word of words) {
    const found = /^alpine(\d.{0,10})$/.exec(word);
    const end = found ? endOfImage('alpine', found[1], today) : endOfDebian(word, today);
    if (end) return end;
  }
  return undefined;
}

function endOfDebian(codename: string, today: string) {
  return debian.releases.some((release) => release.codename === codename)
    ? endOfImage('debian', codename, today)
    : undefined;
}

/** By codename, or the most specific release whose numbers the version begins with. */
function releaseOf({ releases }: Calendar, version: string): Release | undefined {
  const numbers = version.split('.');
  return releases
    .filter(
      (release) =>
        release.codename === version || release.version.split('.').every((number, index) => numbers[index] === number),
    )
    .toSorted((a, b) => b.version.length - a.version.length)[0];
}
