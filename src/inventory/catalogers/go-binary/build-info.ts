/** What the Go linker wrote into a program about its making (https://pkg.go.dev/runtime/debug#BuildInfo). */
export interface BuildInfo {
  /** As the linker wrote it: `go1.22.3`, `go1.21.0 X:boringcrypto`, `devel go1.23-1a2b3c Tue Jan 2 …`. */
  readonly goVersion: string;
  /** Import path of the main package. */
  readonly path?: string;
  /** The main module. Absent in builds outside of modules. */
  readonly main?: GoModule;
  readonly modules: readonly GoModule[];
  /** `-ldflags`, `vcs.revision`, … */
  readonly settings: ReadonlyMap<string, string>;
}

export interface GoModule {
  readonly path: string;
  /** `v1.2.3`, `(devel)`, empty. */
  readonly version: string;
  /** What was built in its place. A directory has no version. */
  readonly replacedBy?: { readonly path: string; readonly version: string };
}

const MAX_MODULES = 20_000;
const MAX_SETTINGS = 200;

/** `text`: lines of tab-separated words, empty when the linker wrote none. */
export function parseBuildInfo(goVersion: string, text: string): BuildInfo {
  const settings = new Map<string, string>();
  const modules: GoModule[] = [];
  let path: string | undefined;
  let main: GoModule | undefined;
  for (const line of text.split('\n', MAX_MODULES + MAX_SETTINGS)) {
    const [kind, first = '', second = ''] = line.split('\t');
    if (kind === 'path') path ??= first;
    else if (kind === 'mod') main ??= { path: first, version: second };
    else if (kind === 'dep') modules.push({ path: first, version: second });
    else if (kind === '=>') replaceLast(modules, { path: first, version: second });
    else if (kind === 'build' && settings.size < MAX_SETTINGS) addSetting(settings, line.slice('build\t'.length));
  }
  return {
    goVersion,
    modules,
    settings,
    ...(path !== undefined && path !== '' && { path }),
    ...(main !== undefined && main.path !== '' && { main }),
  };
}

function replaceLast(modules: GoModule[], replacedBy: { readonly path: string; readonly version: string }): void {
  const last = modules.pop();
  if (last) modules.push({ ...last, replacedBy });
}

function addSetting(settings: Map<string, string>, text: string): void {
  const quotedKey = /^"((?:[^"\\]|\\.)*)"=/.exec(text);
  const equals = quotedKey ? quotedKey[0].length - 1 : text.indexOf('=');
  if (equals <= 0) return;
  settings.set(unquoted(text.slice(0, equals)), unquoted(text.slice(equals + 1)));
}

/** A Go string literal, in backquotes or in quotes. */
function unquoted(text: string): string {
  if (text.length > 1 && text.startsWith('`') && text.endsWith('`')) return text.slice(1, -1);
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\([nt"\\])/g, (_, escaped: string) => ESCAPES.get(escaped) ?? escaped);
}

const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
]);
