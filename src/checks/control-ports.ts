/** Ports over which somebody who reaches them may command the host or the container, and what speaks there. */
export const controlPorts: ReadonlyMap<number, string> = new Map([
  [21, 'FTP'],
  [23, 'telnet'],
  [512, 'rexec'],
  [513, 'rlogin'],
  [514, 'rsh'],
  [2375, 'the Docker API without encryption'],
  [3389, 'remote desktop'],
  [5900, 'VNC'],
  [5985, 'WinRM without encryption'],
  [9229, 'the debugger of Node.js'],
  [5005, 'the debugger of Java'],
  [10250, 'the kubelet'],
]);
