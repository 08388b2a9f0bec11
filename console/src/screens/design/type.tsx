import { Section } from '../../shell/page.tsx';

const SCALE = [
  ['text-figure font-semibold', 'Figure', '26/32: the one number of a card'],
  ['text-title font-semibold', 'Title', '18/24: dialogs that ask, the story of a finding'],
  ['text-lead font-semibold', 'Lead', '15/22: heads of screens and sections'],
  ['text-body', 'Body', '13/20: everything else'],
  ['text-small text-muted', 'Small', '12/18: labels, hints, heads of columns'],
  ['text-tiny text-muted', 'Tiny', '11/16: keys, the bar of a phone'],
  ['font-mono text-small', 'pkg:deb/debian/openssl', 'Monospace: what is copied or compared letter by letter'],
] as const;

const STEPS = [4, 8, 12, 16, 20, 24] as const;

export function Type() {
  return (
    <Section
      title="Type and space"
      about="The system's own sans serif, figures of one width. Space goes in steps of four."
    >
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-8 gap-y-2">
        {SCALE.map(([look, name, about]) => (
          <div key={name} className="contents">
            <dt className={look}>{name}</dt>
            <dd className="text-muted">{about}</dd>
          </div>
        ))}
      </dl>
      <div className="flex items-end gap-4">
        {STEPS.map((step) => (
          <span key={step} className="flex flex-col items-center gap-1 text-small text-muted">
            <span className="bg-accent" style={{ width: step, height: step }} />
            {step}
          </span>
        ))}
      </div>
    </Section>
  );
}
