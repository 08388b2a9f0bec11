import { useState } from 'react';
import { Button, IconButton, Segmented } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Checkbox, SelectField, TextAreaField, TextField } from '../../components/field.tsx';
import { Menu, MenuItem, MenuSeparator, Popover } from '../../components/menu.tsx';
import { SeverityMark, StateMark, severities } from '../../components/severity.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { Term } from '../../components/term.tsx';
import { Section } from '../../shell/page.tsx';

const STATES = ['open', 'in-progress', 'fixed', 'accepted', 'false-positive', 'not-affected'] as const;

export function Components() {
  const [isAsking, setAsking] = useState(false);
  const [density, setDensity] = useState<'compact' | 'comfortable'>('compact');
  const [tab, setTab] = useState('one');
  return (
    <>
      <Section title="Severity and state" about="Shape, word and colour say the same.">
        <div className="flex flex-wrap gap-5">
          {severities.map((severity) => (
            <SeverityMark key={severity} severity={severity} />
          ))}
        </div>
        <div className="flex flex-wrap gap-5">
          {STATES.map((state) => (
            <StateMark key={state} state={state} />
          ))}
        </div>
        <div className="flex flex-wrap gap-2">
          <Chip>plain</Chip>
          <Chip look="good">signed</Chip>
          <Chip look="warn">due in 2 d</Chip>
          <Chip look="bad">exploited</Chip>
          <Chip look="selected" onRemove={() => undefined} removeLabel="Remove severity:high">
            severity:high
          </Chip>
        </div>
      </Section>
      <Section title="Buttons and menus">
        <div className="flex flex-wrap items-center gap-2">
          <Button look="primary" onClick={() => setAsking(true)}>
            Primary, opens a dialog
          </Button>
          <Button icon="download">Secondary</Button>
          <Button look="quiet">Quiet</Button>
          <Button look="danger" icon="trash">
            Danger
          </Button>
          <Button isBusy>Busy</Button>
          <IconButton icon="refresh" label="Read again" shortcut="r" />
          <Segmented
            label="Density"
            value={density}
            options={[
              { value: 'compact', label: 'Compact' },
              { value: 'comfortable', label: 'Comfortable' },
            ]}
            onChange={setDensity}
          />
          <Menu trigger={<Button>Menu</Button>}>
            <MenuItem icon="copy" shortcut="c" onSelect={() => undefined}>
              Copy the link
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon="trash" isDanger onSelect={() => undefined}>
              Remove
            </MenuItem>
          </Menu>
          <Popover trigger={<Button>Popover</Button>} label="Example">
            Something to fill in or read.
          </Popover>
        </div>
        <Dialog
          isOpen={isAsking}
          onClose={() => setAsking(false)}
          title="A dialog asks one thing"
          about="Escape closes it, the focus goes back."
          footer={
            <Button look="primary" onClick={() => setAsking(false)}>
              Understood
            </Button>
          }
        >
          <TextField label="A field in it" />
        </Dialog>
      </Section>
      <Section title="Fields" about="A label always; a hint before anything is wrong; an error that says what to do.">
        <div className="grid max-w-3xl gap-4 sm:grid-cols-2">
          <TextField label="Name" hint="As in the invitation." />
          <TextField label="Token" error="It is over: make a new one." defaultValue="plm_user_…" />
          <SelectField
            label="Team"
            options={[
              { value: 'a', label: 'Shop' },
              { value: 'b', label: 'Payments' },
            ]}
          />
          <TextAreaField label="Reason" rows={2} />
          <Checkbox label="Only mine" hint="What is assigned to you." />
        </div>
      </Section>
      <Section title="Words that explain themselves" about="Every abbreviation is a Term.">
        <p>
          <Term word="KEV" /> says that it is used in attacks, <Term word="EPSS" /> how likely that is,{' '}
          <Term word="VEX" /> that it does not matter here.
        </p>
      </Section>
      <Section title="Tabs">
        <div className="rounded-l border border-line">
          <Tabs
            label="Example"
            value={tab}
            onChange={setTab}
            tabs={[
              { id: 'one', label: 'Story', content: <p className="p-5">What, where, since when.</p> },
              { id: 'two', label: 'History', content: <p className="p-5">What happened.</p> },
            ]}
          />
        </div>
      </Section>
    </>
  );
}
