import { exact, section, superset } from '../clauses.ts';

export const hosts = [
  ...section('4.5 Host OS countermeasures', [
    {
      id: '4.5.1',
      title: 'Large attack surface',
      text: 'Whenever possible, organizations should use minimalistic, container-specific OSs to reduce their attack surfaces. Hosts that run containers should only run containers and not run other apps. The host OS should not run unnecessary system services. Hosts should be continuously scanned for vulnerabilities and updates applied quickly, not just to the container runtime but also to lower-level components such as the kernel. (Risk 3.5.1.)',
      mappings: superset('PLM-HOST-MINIMAL-SYSTEM', 'PLM-HOST-HARDENED', 'PLM-HOST-PATCHED', 'PLM-HOST-DEDICATED'),
    },
    {
      id: '4.5.2',
      title: 'Shared kernel',
      text: 'In addition to grouping container workloads onto hosts by sensitivity level, organizations should not mix containerized and non-containerized workloads on the same host instance. (Risk 3.5.2.)',
      mappings: superset(
        'PLM-HOST-DEDICATED',
        'PLM-WORKLOAD-SENSITIVITY-SEPARATED',
        'PLM-WORKLOAD-SANDBOXED',
        'PLM-WORKLOAD-HOST-PROCESS',
      ),
    },
    {
      id: '4.5.3',
      title: 'Host OS component vulnerabilities',
      text: 'Organizations should implement management practices and tools to validate the versioning of components provided for base OS management and functionality, and regularly check for and apply updates to all software components used within the OS. Host OSs should be operated in an immutable manner with no data or state stored uniquely and persistently on the host and no application-level dependencies provided by the host. (Risk 3.5.3.)',
      mappings: superset('PLM-HOST-PATCHED', 'PLM-HOST-IMMUTABLE'),
    },
    {
      id: '4.5.4',
      title: 'Improper user access rights',
      text: 'Organizations should ensure that all authentication to the OS is audited, login anomalies are monitored, and any escalation to perform privileged operations is logged. (Risk 3.5.4.)',
      mappings: superset('PLM-HOST-SIGN-INS', 'PLM-HOST-TRUSTED-OPERATORS', 'PLM-HOST-AUDIT-DOCKERD'),
    },
    {
      id: '4.5.5',
      title: 'Host OS file system tampering',
      text: 'Ensure that containers are run with the minimal set of file system permissions required. Very rarely should containers mount local file systems on a host. In no case should containers be able to mount sensitive directories on a host’s file system, especially those containing configuration settings for the operating system. (Risk 3.5.5.)',
      mappings: superset(
        'PLM-WORKLOAD-HOST-PATH',
        'PLM-WORKLOAD-HOST-PATH-READ-ONLY',
        'PLM-WORKLOAD-SENSITIVE-HOST-PATH',
        'PLM-WORKLOAD-VOLUME-HOST-PATH',
        'PLM-WORKLOAD-MOUNT-PROPAGATION',
        'PLM-HOST-INTEGRITY-WATCHED',
      ),
    },
  ]),
  ...section('4.6 Hardware countermeasures', [
    {
      id: '4.6',
      title: 'Hardware countermeasures',
      text: 'Measure firmware, software, and configuration data before it is executed using a root of trust for measurement; store those measurements in a hardware root of trust, like a trusted platform module; validate that the current measurements match the expected measurements. Where technical verification is not provided, organizations should address hardware trust requirements as part of their service agreements with cloud providers. (No single risk of section 3.)',
      mappings: exact('PLM-HOST-HARDWARE-ROOT'),
    },
  ]),
];
