import type { DocumentEvent, RuntimeEvent } from '#runtime/index.ts';
import { auditFields } from './audit.ts';
import { containerFields } from './container.ts';
import type { FieldContext } from './context.ts';
import { descriptorFields } from './descriptor.ts';
import { documentFields } from './document.ts';
import { eventFields } from './event.ts';
import { FieldCatalog } from './field.ts';
import { ownFields } from './own.ts';
import { pathFields } from './path.ts';
import { processFields } from './process.ts';
import { userFields } from './user.ts';

/** The fields of system calls. */
export function syscallCatalog(context: FieldContext): FieldCatalog<RuntimeEvent> {
  return new FieldCatalog('syscall', [
    ...eventFields(context),
    ...processFields,
    ...descriptorFields,
    ...pathFields,
    ...userFields(context),
    ...containerFields,
    ...ownFields,
  ]);
}

/** The fields of the audit log of Kubernetes. */
export function auditCatalog(context: FieldContext): FieldCatalog<DocumentEvent> {
  return new FieldCatalog('k8s_audit', [...auditFields, ...documentFields('k8s_audit', context)]);
}

/** Sources whose rules are asked. */
export const ruleSources: ReadonlySet<string> = new Set(['syscall', 'k8s_audit']);
