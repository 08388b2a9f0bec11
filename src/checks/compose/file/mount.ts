import type { Setting } from './setting.ts';

/** A directory or file of the host that a service sees. */
export interface HostMount {
  /** As it is written, with `~` for every way to say the home directory and no slash at the end. */
  readonly source: string;
  readonly target: string;
  readonly isReadOnly: boolean;
  /** `rshared` and the like; empty when nothing is said. */
  readonly propagation: string;
  readonly at: Setting;
}

const PROPAGATION = /^(?:r?shared|r?slave|r?private)$/;

/** Bind mounts among the `volumes` of a service; named volumes are no files of the host. */
export function hostMountOf(volume: Setting): HostMount | undefined {
  return volume.at('type') || volume.at('target') ? longMount(volume) : shortMount(volume);
}

function longMount(volume: Setting): HostMount | undefined {
  const type = volume.at('type')?.text ?? 'volume';
  const source = volume.at('source') ?? volume.at('src');
  if (!source || (type !== 'bind' && !isHostPath(source.text))) return undefined;
  return {
    source: hostPath(source.text),
    target: volume.at('target')?.text ?? '',
    isReadOnly: volume.at('read_only')?.isTrue === true,
    propagation: volume.at('bind', 'propagation')?.text ?? '',
    at: volume,
  };
}

/** `SOURCE:TARGET[:OPTIONS]` */
function shortMount(volume: Setting): HostMount | undefined {
  const [source = '', target, options = ''] = splitColons(volume.text);
  if (target === undefined || !isHostPath(source)) return undefined;
  const words = options.split(',');
  return {
    source: hostPath(source),
    target,
    isReadOnly: words.includes('ro'),
    propagation: words.find((word) => PROPAGATION.test(word)) ?? '',
    at: volume,
  };
}

/** The colon of a Windows drive and those within `${...}` separate nothing. */
function splitColons(text: string): string[] {
  const drive = /^[A-Za-z]:[\\/]/.test(text) ? text.slice(0, 2) : '';
  const parts = text.slice(drive.length).split(':');
  return [`${drive}${parts[0] ?? ''}`, ...parts.slice(1)];
}

function isHostPath(source: string): boolean {
  return /^(?:[./~\\]|[A-Za-z]:[\\/]|\$\{)/.test(source);
}

export function hostPath(written: string): string {
  const home = written.replace(/^\$\{(?:HOME|USERPROFILE)\}(?=\/|$)/, '~').replace(/\/{2,}/g, '/');
  return home.length > 1 ? home.replace(/\/$/, '') : home;
}
