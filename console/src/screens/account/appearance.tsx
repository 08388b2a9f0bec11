import { Segmented } from '../../components/button.tsx';
import { useAppearance } from '../../design/appearance.ts';
import { Section } from '../../shell/page.tsx';

const OPTIONS = {
  theme: { title: 'Theme', values: { system: 'As the system', light: 'Light', dark: 'Dark' } },
  contrast: { title: 'Contrast', values: { system: 'As the system', more: 'High' } },
  motion: { title: 'Motion', values: { system: 'As the system', less: 'Less' } },
} as const;

export function Appearance() {
  return (
    <Section title="Appearance" about="Kept in this browser.">
      <Choice name="theme" />
      <Choice name="contrast" />
      <Choice name="motion" />
    </Section>
  );
}

function Choice({ name }: { readonly name: keyof typeof OPTIONS }) {
  const [value, setValue] = useAppearance(name);
  const { title, values } = OPTIONS[name];
  return (
    <div className="flex flex-wrap items-center gap-3">
      <span className="w-24">{title}</span>
      <Segmented
        label={title}
        value={value}
        options={Object.entries(values).map(([value, label]) => ({ value, label }))}
        onChange={setValue}
      />
    </div>
  );
}
