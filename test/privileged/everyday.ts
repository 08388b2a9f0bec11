import type { Act } from './attacks.ts';

/** What containers do all day: nobody should be called for it. */
export const everyday: readonly Act[] = [
  { name: 'list files', at: 'plain', script: 'ls -la / /etc > /dev/null' },
  { name: 'who am I', at: 'plain', script: 'id > /dev/null; whoami > /dev/null' },
  { name: 'read the release', at: 'plain', script: 'cat /etc/os-release > /dev/null' },
  { name: 'processes', at: 'plain', script: 'ps aux > /dev/null' },
  { name: 'disk space', at: 'plain', script: 'df -h > /dev/null; du -sh /usr/share > /dev/null' },
  { name: 'environment', at: 'plain', script: 'env > /dev/null' },
  { name: 'health check over HTTP', at: 'plain', script: 'curl -sf http://127.0.0.1:8000/ > /dev/null' },
  { name: 'health check of a process', at: 'plain', script: 'pgrep python3 > /dev/null' },
  { name: 'health check of a file', at: 'plain', script: 'touch /tmp/healthy && test -f /tmp/healthy' },
  {
    name: 'start a database',
    at: 'plain',
    script:
      'mkdir -p /srv/db && (cd /srv/db && redis-server --port 6399 --daemonize yes --dir /srv/db > /dev/null); sleep 0.3',
  },
  {
    name: 'write to the database',
    at: 'plain',
    script: 'redis-cli -p 6399 set key value > /dev/null; redis-cli -p 6399 save > /dev/null',
  },
  { name: 'back up the database', at: 'plain', script: 'tar -C /srv -czf /tmp/backup.tar.gz db' },
  { name: 'stop the database', at: 'plain', script: 'redis-cli -p 6399 shutdown nosave || true' },
  {
    name: 'back up the configuration',
    at: 'plain',
    script: 'mkdir -p /backup && cp -a /etc/os-release /etc/hosts /backup/',
  },
  {
    name: 'compress',
    at: 'plain',
    script: 'head -c 1000000 /dev/urandom | gzip > /tmp/random.gz; gunzip -t /tmp/random.gz',
  },
  {
    name: 'checksums',
    at: 'plain',
    script: 'find /usr/lib/python3 -name "*.py" | head -200 | xargs sha256sum > /tmp/sums',
  },
  { name: 'search a tree', at: 'plain', script: 'grep -r license /usr/share/doc -l > /dev/null' },
  {
    name: 'edit a configuration',
    at: 'plain',
    script: 'mkdir -p /app && echo "port=1" > /app/app.conf && sed -i s/1/2/ /app/app.conf',
  },
  { name: 'append to a log', at: 'plain', script: 'for i in 1 2 3; do echo "request $i" >> /app/app.log; done' },
  {
    name: 'rotate logs',
    at: 'plain',
    script:
      'printf "/app/app.log {\\n rotate 2\\n size 1\\n missingok\\n}\\n" > /app/rotate.conf; chmod 644 /app/rotate.conf; logrotate -s /app/state /app/rotate.conf || true',
  },
  { name: 'temporary files', at: 'plain', script: 'd=$(mktemp -d) && echo x > $d/f && rm -r $d' },
  {
    name: 'links within an application',
    at: 'plain',
    script: 'ln -sf /app/app.conf /app/current.conf; readlink /app/current.conf > /dev/null',
  },
  { name: 'run Python', at: 'plain', script: 'python3 -c "print(1)" > /dev/null' },
  {
    name: 'compile Python',
    at: 'plain',
    script: 'mkdir -p /app/lib && echo "x = 1" > /app/lib/m.py && python3 -m compileall -q /app/lib',
  },
  {
    name: 'a worker pool',
    at: 'plain',
    script: 'python3 -c "import concurrent.futures as c; list(c.ProcessPoolExecutor(2).map(abs, range(50)))"',
  },
  {
    name: 'threads',
    at: 'plain',
    script: 'python3 -c "import threading; [threading.Thread(target=lambda: None).start() for _ in range(20)]"',
  },
  {
    name: 'SQLite',
    at: 'plain',
    script:
      "python3 -c \"import sqlite3; d = sqlite3.connect('/app/data.db'); d.execute('create table if not exists t(a)'); d.commit()\"",
  },
  {
    name: 'a local socket',
    at: 'plain',
    script: 'python3 -c "import socket; a, b = socket.socketpair(); a.send(b\'x\'); b.recv(1)"',
  },
  {
    name: 'a local service and its client',
    at: 'plain',
    script:
      'python3 -c "import socket; l = socket.create_server((\'127.0.0.1\', 0)); s = socket.create_connection(l.getsockname()); l.accept()"',
  },
  { name: 'numbers', at: 'plain', script: 'python3 -c "sum(i * 0.5 for i in range(2000000))"' },
  { name: 'names of this host', at: 'plain', script: 'getent hosts localhost > /dev/null' },
  { name: 'many short processes', at: 'plain', script: 'for i in $(seq 100); do /bin/true; done' },
  { name: 'a pipe line', at: 'plain', script: 'seq 10000 | sort -rn | uniq | wc -l > /dev/null' },
  { name: 'signals', at: 'plain', script: 'sleep 5 & kill $!; wait 2>/dev/null || true' },
  { name: 'diff', at: 'plain', script: 'diff /etc/hosts /etc/os-release > /dev/null || true' },
  {
    name: 'a CI job: make a package',
    at: 'plain',
    script:
      'mkdir -p /build/p/DEBIAN /build/p/opt/tool && printf "Package: tool\\nVersion: 1\\nArchitecture: all\\nMaintainer: ship <s@example.org>\\nDescription: t\\n" > /build/p/DEBIAN/control && echo 1 > /build/p/opt/tool/x && dpkg-deb -b /build/p /build/tool.deb > /dev/null',
  },
  { name: 'a build: install a package', at: 'plain', script: 'dpkg -i /build/tool.deb > /dev/null' },
  { name: 'a build: remove a package', at: 'plain', script: 'dpkg -r tool > /dev/null' },
  {
    name: 'a CI job: unpack and test sources',
    at: 'plain',
    script:
      'mkdir -p /build/src && echo "def test(): assert True" > /build/src/t.py && tar -C /build -cf /build/src.tar src && mkdir -p /build/out && tar -C /build/out -xf /build/src.tar && python3 -m unittest discover -s /build/out > /dev/null 2>&1 || true',
  },
  { name: 'a CI job: clean up', at: 'plain', script: 'rm -rf /build' },
  { name: 'user of the service', at: 'plain', script: 'getent passwd www-data > /dev/null' },
  { name: 'time zone', at: 'plain', script: 'TZ=Europe/Berlin date > /dev/null' },
];
