import { exact, section } from '../clauses.ts';

const owned = (id: string, file: string, owner: string, danger: string, files: string) => ({
  id,
  title: `${file} belongs to ${owner}`,
  text: `Its user and group are ${owner}: ${danger}.`,
  mappings: exact(`PLM-RUNTIME-FILES-${files}-OWNER`),
});

const permitted = (id: string, file: string, mode: string, danger: string, files: string) => ({
  id,
  title: `${file} has no more permissions than ${mode}`,
  text: `Its mode has no bit beyond ${mode}: ${danger}.`,
  mappings: exact(`PLM-RUNTIME-FILES-${files}-MODE`),
});

const STARTS = 'whoever changes it decides what root starts';
const SETTINGS = 'whoever changes it weakens every container of the host';
const TRUST = 'whoever changes it decides which servers are believed';
const KEY = 'whoever reads it speaks as the daemon';
const SOCKET = 'whoever may write to it is root on the host';

export const files = section('3 Docker daemon configuration files', [
  owned('3.1', 'docker.service', 'root:root', STARTS, 'SERVICE-UNIT'),
  permitted('3.2', 'docker.service', '644', STARTS, 'SERVICE-UNIT'),
  owned('3.3', 'docker.socket', 'root:root', STARTS, 'SOCKET-UNIT'),
  permitted('3.4', 'docker.socket', '644', STARTS, 'SOCKET-UNIT'),
  owned('3.5', '/etc/docker', 'root:root', SETTINGS, 'CONFIGURATION-DIRECTORY'),
  permitted('3.6', '/etc/docker', '755', SETTINGS, 'CONFIGURATION-DIRECTORY'),
  owned('3.7', 'The certificate of a registry', 'root:root', TRUST, 'REGISTRY-CERTIFICATES'),
  permitted('3.8', 'The certificate of a registry', '444', TRUST, 'REGISTRY-CERTIFICATES'),
  owned('3.9', 'The certificate of the authority of the daemon', 'root:root', TRUST, 'AUTHORITY-CERTIFICATE'),
  permitted('3.10', 'The certificate of the authority of the daemon', '444', TRUST, 'AUTHORITY-CERTIFICATE'),
  owned('3.11', 'The certificate of the daemon', 'root:root', TRUST, 'SERVER-CERTIFICATE'),
  permitted('3.12', 'The certificate of the daemon', '444', TRUST, 'SERVER-CERTIFICATE'),
  owned('3.13', 'The key of the daemon', 'root:root', KEY, 'SERVER-KEY'),
  permitted('3.14', 'The key of the daemon', '400', KEY, 'SERVER-KEY'),
  owned('3.15', 'The socket of Docker', 'root:docker', SOCKET, 'DOCKER-SOCKET'),
  permitted('3.16', 'The socket of Docker', '660', SOCKET, 'DOCKER-SOCKET'),
  owned('3.17', 'daemon.json', 'root:root', SETTINGS, 'CONFIGURATION-FILE'),
  permitted('3.18', 'daemon.json', '644', SETTINGS, 'CONFIGURATION-FILE'),
  owned('3.19', '/etc/default/docker', 'root:root', SETTINGS, 'DEFAULT-FILE'),
  permitted('3.20', '/etc/default/docker', '644', SETTINGS, 'DEFAULT-FILE'),
  permitted('3.21', '/etc/sysconfig/docker', '644', SETTINGS, 'SYSCONFIG-FILE'),
  owned('3.22', '/etc/sysconfig/docker', 'root:root', SETTINGS, 'SYSCONFIG-FILE'),
  owned('3.23', 'The socket of containerd', 'root:root', SOCKET, 'CONTAINERD-SOCKET'),
  permitted('3.24', 'The socket of containerd', '660', SOCKET, 'CONTAINERD-SOCKET'),
]);
