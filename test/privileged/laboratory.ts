import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Act } from './attacks.ts';

const IMAGE = 'localhost/plimsoll-laboratory:2';
const PACKAGES =
  'procps,iproute2,netcat-openbsd,curl,python3,kmod,openssh-client,logrotate,redis-server,adduser,passwd';
const places: Readonly<Record<Act['at'], readonly string[]>> = {
  plain: [],
  privileged: ['--privileged'],
  'host-pid': ['--privileged', '--pid=host'],
};

/** Why the suite cannot run here; `undefined` when it can. */
export function laboratoryProblem(): string | undefined {
  if (process.getuid?.() !== 0) return 'no root';
  if (spawnSync('test', ['-r', '/sys/kernel/btf/vmlinux']).status !== 0) return 'no BPF (/sys/kernel/btf/vmlinux)';
  for (const tool of ['podman', 'runc', 'mmdebstrap', 'nsenter', 'ip']) {
    if (spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0) return `${tool} is not installed`;
  }
  return undefined;
}

export interface DoneAct {
  readonly act: Act;
  readonly container: string;
  readonly fromUs: number;
  readonly toUs: number;
}

/** Real containers of Podman and runc in which acts are done, one after the other. */
export class Laboratory {
  readonly #directory = mkdtempSync(join(tmpdir(), 'plimsoll-lab-'));
  readonly #environment: NodeJS.ProcessEnv;
  readonly #names = new Map<Act['at'], string>();

  constructor() {
    const settings = join(this.#directory, 'containers.conf');
    // Without CAP_SYS_RESOURCE, as in nested machines, the default limits cannot be set.
    writeFileSync(
      settings,
      '[containers]\ndefault_ulimits=["nofile=20000:20000","nproc=20000:20000"]\n[engine]\nruntime="runc"\ncgroup_manager="cgroupfs"\n',
    );
    this.#environment = { ...process.env, CONTAINERS_CONF: settings };
    mkdirSync(join(this.#directory, 'acts'));
  }

  /** Makes the image when it is not there (Debian, half a minute) and starts the containers. */
  start(): void {
    if (spawnSync('podman', ['image', 'exists', IMAGE], { env: this.#environment }).status !== 0) this.#makeImage();
    for (const at of ['plain', 'privileged', 'host-pid'] as const) {
      const name = `plimsoll-lab-${process.pid}-${at}`;
      const volume = `${join(this.#directory, 'acts')}:/acts:ro`;
      this.#podman([
        'run',
        '-d',
        '--name',
        name,
        '--network=none',
        '-v',
        volume,
        ...places[at],
        IMAGE,
        'sleep',
        'infinity',
      ]);
      this.#names.set(at, name);
      const pid = this.#podman(['inspect', '-f', '{{.State.Pid}}', name]).trim();
      // Every address is this container itself: connections find a way, and nothing leaves.
      execFileSync('nsenter', ['-t', pid, '-n', 'ip', 'route', 'add', 'local', 'default', 'dev', 'lo']);
      this.#podman(['exec', name, 'sh', '-c', PREPARATION]);
      this.#podman(['exec', '-d', name, 'python3', '-c', LISTENERS]);
    }
  }

  /** Does the acts of each container and says when each began and ended. */
  run(acts: readonly Act[]): DoneAct[] {
    return [...this.#names].flatMap(([at, container]) => {
      const own = acts.filter((act) => act.at === at);
      if (own.length === 0) return [];
      for (const [index, act] of own.entries())
        writeFileSync(join(this.#directory, 'acts', `${at}-${index}.sh`), `${act.script}\n`);
      const loop = `for i in $(seq 0 ${own.length - 1}); do a=$(date +%s%N); sh /acts/${at}-$i.sh >/dev/null 2>&1 </dev/null; sleep 0.02; echo $i $a $(date +%s%N); done`;
      const output = this.#podman(['exec', container, 'sh', '-c', loop]);
      return output
        .trim()
        .split('\n')
        .flatMap((line) => {
          const [index = 0, from = 0, to = 0] = line.split(' ').map(Number);
          const act = own[index];
          return act ? [{ act, container, fromUs: from / 1000, toUs: to / 1000 }] : [];
        });
    });
  }

  close(): void {
    const names = [...this.#names.values()];
    if (names.length > 0) spawnSync('podman', ['rm', '-f', '-t', '0', ...names], { env: this.#environment });
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #makeImage(): void {
    const tar = join(this.#directory, 'image.tar');
    execFileSync('mmdebstrap', ['--quiet', '--variant=minbase', `--include=${PACKAGES}`, 'bookworm', tar], {
      stdio: 'ignore',
    });
    this.#podman(['import', '-q', tar, IMAGE]);
  }

  #podman(args: readonly string[]): string {
    return execFileSync('podman', args, {
      env: this.#environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

/** What the acts find: a service account, keys, credentials. */
const PREPARATION = `mkdir -p /root/.ssh /root/.aws /var/run/secrets/kubernetes.io/serviceaccount
echo key > /root/.ssh/id_rsa; echo aws_secret_access_key=x > /root/.aws/credentials
echo token > /var/run/secrets/kubernetes.io/serviceaccount/token`;

/** Somebody to talk to: a web server, a shell's other end, a pool, all of them deaf. */
const LISTENERS = `import http.server, socket, threading
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b'#!/bin/sh\\nid\\n')
    def log_message(self, *args): pass
def deaf(port):
    server = socket.create_server(('0.0.0.0', port))
    while True:
        peer, _ = server.accept(); threading.Timer(1, peer.close).start()
for port in (4444, 3333, 80, 22): threading.Thread(target=deaf, args=(port,), daemon=True).start()
http.server.ThreadingHTTPServer(('0.0.0.0', 8000), Handler).serve_forever()`;
