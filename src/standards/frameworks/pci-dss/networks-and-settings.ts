import { intersects, section, superset } from '../clauses.ts';
import { ABOUT_NETWORK_DEVICES } from '../unmapped.ts';

export const networksAndSettings = [
  ...section('1 Network security controls', [
    {
      id: '1.2.1',
      title: 'Rules of the network have a standard',
      text: 'It is laid down how firewalls and network policies are set up, and they are set up so.',
      mappings: intersects('PLM-NETWORK-NAMESPACE-POLICY', 'PLM-NETWORK-PERIMETER'),
    },
    {
      id: '1.2.5',
      title: 'Open services and ports are known and needed',
      text: 'Each service, protocol and port that is allowed is known, approved and has a reason.',
      mappings: superset('PLM-NETWORK-NEEDED-PORTS-ONLY'),
    },
    {
      id: '1.2.6',
      title: 'Insecure services are made safe',
      text: 'Where a service, protocol or port is insecure and still needed, something lowers its risk.',
      mappings: intersects('PLM-NETWORK-INGRESS-TLS-ONLY', 'PLM-IMAGE-NO-SSH-SERVER'),
    },
    {
      id: '1.2.7',
      title: 'Rules of the network are looked at twice a year',
      text: 'The rules of firewalls and network policies are reviewed at least every six months.',
      mappings: superset('PLM-PROCESS-MONITORING'),
    },
    {
      id: '1.2.8',
      title: 'Files with rules of the network are protected',
      text: 'Nobody without the right changes what the rules are loaded from, and what is in force is what is written.',
      mappings: intersects(
        'PLM-CONTROL-PLANE-FILES-NETWORK-PLUGIN-MODE',
        'PLM-CONTROL-PLANE-FILES-NETWORK-PLUGIN-OWNER',
        'PLM-ACCESS-ROLE-NETWORK',
      ),
    },
    {
      id: '1.3.1',
      title: 'Only needed traffic reaches systems with card data',
      text: 'Inbound traffic to the environment of card data is limited to what is needed; everything else is denied.',
      mappings: intersects(
        'PLM-NETWORK-INGRESS-LIMITED',
        'PLM-NETWORK-INGRESS-NOT-OPEN',
        'PLM-NETWORK-NAMESPACE-POLICY',
        'PLM-NETWORK-DATA-STORES-SEPARATED',
      ),
    },
    {
      id: '1.3.2',
      title: 'Only needed traffic leaves systems with card data',
      text: 'Outbound traffic from the environment of card data is limited to what is needed; everything else is denied.',
      mappings: intersects('PLM-NETWORK-EGRESS-LIMITED', 'PLM-NETWORK-EGRESS-NOT-OPEN'),
    },
    {
      id: '1.4.1',
      title: 'Trusted networks are apart from others',
      text: 'Network controls stand between trusted and untrusted networks.',
      mappings: intersects('PLM-NETWORK-PERIMETER', 'PLM-NETWORK-POLICIES-ENFORCED'),
    },
    {
      id: '1.4.2',
      title: 'From outside only what is meant to be public is reached',
      text: 'Traffic from untrusted networks reaches only systems that offer public services, and answers to what was asked from inside.',
      mappings: intersects('PLM-NETWORK-DATA-STORES-PRIVATE', 'PLM-CONTROL-PLANE-EXPOSED', 'PLM-NETWORK-PERIMETER'),
    },
    {
      id: '1.4.3',
      title: 'False source addresses are stopped',
      text: 'Traffic with forged source addresses is noticed and does not get in.',
      mappings: superset('PLM-NETWORK-PERIMETER'),
    },
    {
      id: '1.4.4',
      title: 'Stores of card data cannot be reached from outside',
      text: 'Systems that store card data are not reachable from untrusted networks.',
      mappings: intersects('PLM-NETWORK-DATA-STORES-PRIVATE', 'PLM-NETWORK-ZONES'),
    },
    {
      id: '1.4.5',
      title: 'Inner addresses are not told',
      text: 'Inner addresses and routes are known only to those who need them.',
      mappings: [],
      unmapped: ABOUT_NETWORK_DEVICES,
    },
  ]),
  ...section('2 Secure configuration', [
    {
      id: '2.2.1',
      title: 'Systems are set up by a standard',
      text: 'There is a standard for every kind of system, it covers known weaknesses, and new systems follow it before they are used.',
      mappings: intersects(
        'PLM-WORKLOAD-POD-SECURITY-ENFORCED',
        'PLM-HOST-HARDENED',
        'PLM-RUNTIME-CONFIGURATION-CHECKED',
      ),
    },
    {
      id: '2.2.2',
      title: 'Accounts of the vendor are managed',
      text: 'Default accounts of vendors are removed, disabled or have another password.',
      mappings: intersects('PLM-IMAGE-FIXED-PASSWORDS', 'PLM-ACCESS-SERVICE-SIGN-IN', 'PLM-ACCESS-DASHBOARD-SIGN-IN'),
    },
    {
      id: '2.2.3',
      title: 'Functions that need different protection are apart',
      text: 'Main functions of different levels of security are on systems of their own, or kept apart, or protected as the highest of them needs.',
      mappings: intersects(
        'PLM-IMAGE-PURPOSE',
        'PLM-WORKLOAD-SENSITIVITY-SEPARATED',
        'PLM-WORKLOAD-CONTROL-PLANE-NODES',
        'PLM-HOST-DEDICATED',
      ),
    },
    {
      id: '2.2.4',
      title: 'Only what is needed is there',
      text: 'Services, protocols and functions that nobody needs are removed or switched off.',
      mappings: intersects(
        'PLM-IMAGE-FEW-PACKAGES',
        'PLM-BUILD-TOOLS-LEFT-BEHIND',
        'PLM-IMAGE-NO-SSH-SERVER',
        'PLM-IMAGE-NO-REMOTE-CONTROL',
        'PLM-IMAGE-DEBUG-OFF',
        'PLM-CONTROL-PLANE-API-PROFILING',
        'PLM-HOST-MINIMAL-SYSTEM',
      ),
    },
    {
      id: '2.2.5',
      title: 'Insecure services have a reason and are made safe',
      text: 'Where an insecure service is there, its reason is written down and its risk is lowered.',
      mappings: intersects('PLM-NODE-KUBELET-READ-ONLY-PORT', 'PLM-IMAGE-NO-SSH-SERVER'),
    },
    {
      id: '2.2.6',
      title: 'Settings prevent misuse',
      text: 'Security settings of systems are made so that they cannot be misused.',
      mappings: intersects(
        'PLM-WORKLOAD-PRIVILEGED',
        'PLM-WORKLOAD-PRIVILEGE-ESCALATION',
        'PLM-WORKLOAD-SECCOMP-ON',
        'PLM-WORKLOAD-ENGINE-SOCKET',
        'PLM-NODE-KUBELET-ANONYMOUS',
      ),
    },
    {
      id: '2.2.7',
      title: 'Administration over the network is encrypted',
      text: 'Whoever administers systems over the network does so with strong cryptography.',
      mappings: intersects(
        'PLM-CONTROL-PLANE-API-CERTIFICATE',
        'PLM-CONTROL-PLANE-API-SECURE-PORT',
        'PLM-CONTROL-PLANE-API-KUBELET-AUTHORITY',
        'PLM-CONTROL-PLANE-API-CIPHERS',
        'PLM-NODE-KUBELET-CIPHERS',
        'PLM-RUNTIME-API-TLS',
      ),
    },
  ]),
];
