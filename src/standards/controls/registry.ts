import type { Control } from '../control.ts';
import { checks, outside } from './evidence.ts';
import { daemons } from './evidence-proof.ts';
import { podImages } from './proof.ts';

export const registryControls: readonly Control[] = [
  {
    id: 'PLM-REGISTRY-TLS',
    family: 'registry',
    title: 'Images are pulled and pushed over encrypted and authenticated connections',
    anchors: ['SC-8', 'SC-23', 'SR-3'],
    why: 'What is pulled without encryption can be read and replaced on its way.',
    attack: 'Somebody in the network answers as the registry and gives out an image of theirs, or reads credentials.',
    remedy:
      'Remove insecure registries from the settings of engines and nodes, and give registries proper certificates.',
    evidence: [
      checks('kubernetes-image-plain-registry', 'docker-host-insecure-registry'),
      outside('host', 'Insecure registries in hosts.toml of containerd and in registries.conf.'),
    ],
    proofs: [
      daemons({ 'insecure-registries': ['192.0.2.44:5000'] }, {}),
      podImages('192.0.2.44:5000/billing/invoices:2.7.1', 'registry.example.net/billing/invoices:2.7.1'),
    ],
  },
  {
    id: 'PLM-REGISTRY-CURRENT',
    family: 'registry',
    title: 'Registries keep no stale images that could be run by mistake',
    anchors: ['CM-2', 'SI-2', 'CM-3'],
    why: 'Old images keep old holes, and are one wrong tag away from running.',
    attack: 'An attacker who can start containers picks the most vulnerable image that the registry still has.',
    remedy: 'Remove images by age and use, and deploy by names that do not move.',
    evidence: [
      outside('registry', 'Age of images and tags against what runs, and the rules by which old images are removed.'),
    ],
    proofs: [],
  },
  {
    id: 'PLM-REGISTRY-READ-ACCESS',
    family: 'registry',
    title: 'Only who needs them may pull images with sensitive content',
    anchors: ['AC-3', 'AC-6', 'IA-2'],
    why: 'Images hold source, internal addresses and sometimes secrets.',
    attack: 'Open registries are found by scanners, and their images are downloaded and searched.',
    remedy: 'Ask for a sign-in for every pull of what is not public, and give each project its own rights.',
    evidence: [outside('registry', 'Whether the registry answers pulls without a sign-in, and who may pull.')],
    proofs: [],
  },
  {
    id: 'PLM-REGISTRY-WRITE-ACCESS',
    family: 'registry',
    title: 'Only trusted people and build services may push images',
    anchors: ['AC-3', 'AC-6', 'CM-5'],
    why: 'Whoever can push can put code into everything that pulls.',
    attack: 'A leaked token of a developer is used to overwrite an image that production runs.',
    remedy: 'Let only the build service push to what production pulls, each to its own repositories.',
    evidence: [
      outside(
        'registry',
        'Whether the registry takes pushes without a sign-in, and who may push to which repositories.',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-REGISTRY-AUDIT',
    family: 'registry',
    title: 'Pushes and pulls of sensitive images are recorded',
    anchors: ['AU-2', 'AU-12'],
    why: 'After an incident the question is who changed which image when, and who has it.',
    attack: 'An intruder replaces an image and puts the old one back, and nobody can tell.',
    remedy: 'Switch the record on and send it to the central logs.',
    evidence: [
      outside(
        'registry',
        'Whether the registry records who pushed, pulled and deleted what, and where the record goes.',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-REGISTRY-SCANNED',
    family: 'registry',
    title: 'Stored images are scanned again when new vulnerabilities become known',
    anchors: ['RA-5', 'SI-2'],
    why: 'New vulnerabilities appear in old images every day.',
    attack: 'An image that was clean when it was built is attacked with what became known since.',
    remedy: 'Scan stored images again each day, at least those that run.',
    evidence: [outside('registry', 'Date of the last scan of each stored image and of the advisories it used.')],
    proofs: [],
  },
  {
    id: 'PLM-REGISTRY-FEDERATED',
    family: 'registry',
    title: 'Registries take their accounts from the directory of the organisation',
    anchors: ['AC-2', 'IA-2', 'IA-8'],
    why: 'Accounts that live in the registry alone are forgotten when people leave.',
    attack: 'An old local account with a weak password still pushes.',
    remedy: 'Connect the registry to the identity provider, and switch local accounts off.',
    evidence: [
      outside('registry', 'How accounts of the registry are made and whether they come from the identity provider.'),
    ],
    proofs: [],
  },
  {
    id: 'PLM-REGISTRY-IMMUTABLE-TAGS',
    family: 'registry',
    title: 'A tag that has been pushed does not change its image',
    anchors: ['CM-3', 'CM-5', 'SI-7'],
    why: 'A tag that can be overwritten makes the history of releases worthless.',
    attack: 'Whoever can push replaces a released version, and restarts bring it into production.',
    remedy: 'Switch on immutable tags, at least for released versions.',
    evidence: [outside('registry', 'Whether the registry forbids overwriting of tags.')],
    proofs: [],
  },
];
