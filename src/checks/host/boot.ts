import { contentAt, EvidenceMissing, fileAt } from '#posture/index.ts';
import { absentExample, fileExample, type HostCheck, hostCheck } from './host-check.ts';

const EFI = '/sys/firmware/efi';
const SECURE_BOOT = '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';
const TPM = '/sys/class/tpm/tpm0';
const MEASUREMENTS = '/sys/kernel/security/tpm0/binary_bios_measurements';

const directory = { type: 'directory', mode: '0755' };
/** Four bytes of attributes come before the value. */
const on = '\u0006\u0000\u0000\u0000\u0001';
const off = '\u0006\u0000\u0000\u0000\u0000';

const secureBoot = hostCheck({
  id: 'host-no-secure-boot',
  title: 'The host starts without secure boot',
  severity: 'low',
  rationale: 'A changed boot loader or kernel starts without anybody noticing, under all that software can check.',
  remediation: 'Switch secure boot on in the firmware or in the settings of the virtual machine.',
  controls: ['SI-7(6)', 'SI-7(9)'],
  references: ['https://wiki.debian.org/SecureBoot'],
  pass: [{ files: [fileExample(EFI, directory), fileExample(SECURE_BOOT, { content: on })] }],
  fail: [
    { files: [absentExample(EFI), absentExample(SECURE_BOOT)] },
    { files: [fileExample(EFI, directory), fileExample(SECURE_BOOT, { content: off })] },
  ],
  *find(evidence) {
    if (fileAt(evidence, EFI) === 'absent') {
      yield { message: 'the host was not started by UEFI, which secure boot is a part of' };
      return;
    }
    const content = contentAt(evidence, SECURE_BOOT);
    if (content === 'absent') throw new EvidenceMissing('the variables of UEFI are not mounted');
    if (content.codePointAt(4) !== 1) yield { message: 'secure boot is off' };
  },
});

const tpm = hostCheck({
  id: 'host-no-tpm',
  title: 'The host has no TPM',
  severity: 'low',
  rationale: 'Without it nothing outside of the software can say what was started.',
  remediation: 'Switch the TPM on in the firmware, or choose a kind of virtual machine that has one.',
  controls: ['SI-7(6)', 'SI-7(9)'],
  references: ['https://docs.kernel.org/security/tpm/index.html'],
  pass: [{ files: [fileExample(TPM, directory)] }],
  fail: [{ files: [absentExample(TPM)] }],
  *find(evidence) {
    if (fileAt(evidence, TPM) === 'absent') yield { message: `there is no ${TPM}` };
  },
});

const measurements = hostCheck({
  id: 'host-start-not-measured',
  title: 'There is no record of what the host started',
  severity: 'low',
  rationale: 'Only measurements of firmware and boot loader, kept by the TPM, let others check what runs.',
  remediation: 'Start through UEFI with the TPM switched on, and check the measurements before the host gets work.',
  controls: ['SI-7(6)', 'SI-7(9)'],
  references: ['https://docs.kernel.org/security/tpm/tpm_event_log.html'],
  pass: [{ files: [fileExample(TPM, directory), fileExample(MEASUREMENTS)] }],
  fail: [{ files: [absentExample(TPM), absentExample(MEASUREMENTS)] }],
  *find(evidence) {
    if (fileAt(evidence, MEASUREMENTS) !== 'absent') return;
    if (fileAt(evidence, TPM) !== 'absent')
      throw new EvidenceMissing('the record of measurements is not to be seen: securityfs may not be mounted');
    yield { message: 'there is neither a TPM nor a record of measurements' };
  },
});

export const bootChecks: readonly HostCheck[] = [secureBoot, tpm, measurements];
