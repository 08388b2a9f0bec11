import type { DocumentArtifact, TargetScheme } from '#artifact/index.ts';
import type { SbomInventory } from '#inventory/index.ts';
import { redactSecrets } from '#secrets/index.ts';
import type { ScannedArtifact } from './report.ts';

/** The artifact that an SBOM describes, with the document's own data beside it. */
export function describedArtifact(artifact: DocumentArtifact, sbom: SbomInventory): ScannedArtifact {
  const { scheme, layers, ...subject } = sbom.subject;
  const described = schemes.get(scheme ?? '');
  return {
    ...subject,
    scheme: artifact.scheme,
    layers: layers.map((layer) =>
      layer.instruction === undefined ? layer : { ...layer, instruction: redactSecrets(layer.instruction) },
    ),
    document: {
      path: artifact.name,
      format: sbom.format,
      ...(sbom.id !== undefined && { id: sbom.id }),
      ...(sbom.created !== undefined && { created: sbom.created }),
      tools: sbom.tools,
      ...(described && { scheme: described }),
    },
  };
}

const targetSchemes: readonly TargetScheme[] = [
  'docker',
  'podman',
  'containerd',
  'registry',
  'oci',
  'archive',
  'rootfs',
  'host',
  'directory',
];
const schemes: ReadonlyMap<string, TargetScheme> = new Map(targetSchemes.map((scheme) => [scheme, scheme]));
