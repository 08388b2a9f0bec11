import type { Check } from '../check.ts';
import { composeApparmorUnconfined } from './checks/compose-apparmor-unconfined.ts';
import { composeAuthenticationOff } from './checks/compose-authentication-off.ts';
import { composeBuildHostAccess } from './checks/compose-build-host-access.ts';
import { composeCapabilitiesKept } from './checks/compose-capabilities-kept.ts';
import { composeCertificatesUnchecked } from './checks/compose-certificates-unchecked.ts';
import { composeCgroupParent } from './checks/compose-cgroup-parent.ts';
import { composeCpuUnlimited } from './checks/compose-cpu-unlimited.ts';
import { composeDangerousCapability } from './checks/compose-dangerous-capability.ts';
import { composeDefaultBridge } from './checks/compose-default-bridge.ts';
import { composeDevice } from './checks/compose-device.ts';
import { composeEngineSocket } from './checks/compose-engine-socket.ts';
import { composeEnvFile } from './checks/compose-env-file.ts';
import { composeHealthcheckDisabled } from './checks/compose-healthcheck-disabled.ts';
import { composeHealthcheckMissing } from './checks/compose-healthcheck-missing.ts';
import { composeHookPrivileged } from './checks/compose-hook-privileged.ts';
import { composeHostCgroup } from './checks/compose-host-cgroup.ts';
import { composeHostCredentials } from './checks/compose-host-credentials.ts';
import { composeHostIpc } from './checks/compose-host-ipc.ts';
import { composeHostNetwork } from './checks/compose-host-network.ts';
import { composeHostPid } from './checks/compose-host-pid.ts';
import { composeHostUserns } from './checks/compose-host-userns.ts';
import { composeHostUts } from './checks/compose-host-uts.ts';
import { composeImageLatest } from './checks/compose-image-latest.ts';
import { composeImageNotPinned } from './checks/compose-image-not-pinned.ts';
import { composeLinks } from './checks/compose-links.ts';
import { composeLoggingOff } from './checks/compose-logging-off.ts';
import { composeMemoryUnlimited } from './checks/compose-memory-unlimited.ts';
import { composeMountPropagation } from './checks/compose-mount-propagation.ts';
import { composeNewPrivileges } from './checks/compose-new-privileges.ts';
import { composeOomProtected } from './checks/compose-oom-protected.ts';
import { composePidsUnlimited } from './checks/compose-pids-unlimited.ts';
import { composePortAllInterfaces } from './checks/compose-port-all-interfaces.ts';
import { composePortDataStore } from './checks/compose-port-data-store.ts';
import { composePortPrivileged } from './checks/compose-port-privileged.ts';
import { composePortSsh } from './checks/compose-port-ssh.ts';
import { composePortUnquoted } from './checks/compose-port-unquoted.ts';
import { composePrivileged } from './checks/compose-privileged.ts';
import { composePullPolicy } from './checks/compose-pull-policy.ts';
import { composeRestartUnlimited } from './checks/compose-restart-unlimited.ts';
import { composeRootFilesystemWritable } from './checks/compose-root-filesystem-writable.ts';
import { composeSeccompUnconfined } from './checks/compose-seccomp-unconfined.ts';
import { composeSecretInBuildArgument } from './checks/compose-secret-in-build-argument.ts';
import { composeSecretInCommand } from './checks/compose-secret-in-command.ts';
import { composeSecretInEnvironment } from './checks/compose-secret-in-environment.ts';
import { composeSelinuxDisabled } from './checks/compose-selinux-disabled.ts';
import { composeSensitiveHostPath } from './checks/compose-sensitive-host-path.ts';
import { composeSystemPathsUnconfined } from './checks/compose-system-paths-unconfined.ts';
import { composeTmpfsExecutable } from './checks/compose-tmpfs-executable.ts';
import { composeUlimitUnlimited } from './checks/compose-ulimit-unlimited.ts';
import { composeUnsafeSysctl } from './checks/compose-unsafe-sysctl.ts';
import { composeUserMissing } from './checks/compose-user-missing.ts';
import { composeUserRoot } from './checks/compose-user-root.ts';

/** All checks of Compose files, in the order of the reference: privileges, host, network, resources, images, secrets. */
export const composeChecks: readonly Check<'compose'>[] = [
  composePrivileged,
  composeEngineSocket,
  composeDangerousCapability,
  composeCapabilitiesKept,
  composeNewPrivileges,
  composeUserRoot,
  composeUserMissing,
  composeRootFilesystemWritable,
  composeSeccompUnconfined,
  composeApparmorUnconfined,
  composeSelinuxDisabled,
  composeSystemPathsUnconfined,
  composeHookPrivileged,
  composeSensitiveHostPath,
  composeHostCredentials,
  composeMountPropagation,
  composeDevice,
  composeHostNetwork,
  composeHostPid,
  composeHostIpc,
  composeHostUts,
  composeHostUserns,
  composeHostCgroup,
  composeCgroupParent,
  composeDefaultBridge,
  composeLinks,
  composePortAllInterfaces,
  composePortPrivileged,
  composePortSsh,
  composePortDataStore,
  composePortUnquoted,
  composeMemoryUnlimited,
  composeCpuUnlimited,
  composePidsUnlimited,
  composeUlimitUnlimited,
  composeOomProtected,
  composeRestartUnlimited,
  composeHealthcheckMissing,
  composeHealthcheckDisabled,
  composeLoggingOff,
  composeUnsafeSysctl,
  composeTmpfsExecutable,
  composeImageLatest,
  composeImageNotPinned,
  composePullPolicy,
  composeBuildHostAccess,
  composeSecretInBuildArgument,
  composeSecretInEnvironment,
  composeSecretInCommand,
  composeEnvFile,
  composeAuthenticationOff,
  composeCertificatesUnchecked,
];
