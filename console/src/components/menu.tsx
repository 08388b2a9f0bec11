import { DropdownMenu, Popover as RadixPopover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';

const floating = 'rise z-50 rounded-m border border-line bg-raised p-1 shadow-float max-h-[70dvh] overflow-y-auto';
const item =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-s px-2 outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50 max-md:min-h-10';

/** A list of things to do behind a button. Not modal: a modal one writes a style sheet into the page. */
export function Menu({
  trigger,
  children,
  align = 'end',
}: {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={classNames(floating, 'min-w-44')}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({
  icon,
  children,
  shortcut,
  isDanger = false,
  isDisabled = false,
  onSelect,
}: {
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly shortcut?: string;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onSelect: () => void;
}) {
  return (
    <DropdownMenu.Item disabled={isDisabled} onSelect={onSelect} className={classNames(item, isDanger && 'text-bad')}>
      {icon && <Icon name={icon} className={isDanger ? 'text-bad' : 'text-muted'} />}
      <span className="flex-1">{children}</span>
      {shortcut && <kbd>{shortcut}</kbd>}
    </DropdownMenu.Item>
  );
}

export function MenuCheck({
  isChecked,
  onChange,
  children,
}: {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.CheckboxItem
      checked={isChecked}
      onCheckedChange={onChange}
      // Several are usually wanted.
      onSelect={(event) => event.preventDefault()}
      className={item}
    >
      <span className="flex size-4 items-center justify-center">{isChecked && <Icon name="check" />}</span>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-small text-muted">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}

/** Something to fill in or read beside the button that opened it. */
export function Popover({
  trigger,
  label,
  children,
  isOpen,
  onOpenChange,
  className,
}: {
  readonly trigger: ReactElement;
  readonly label: string;
  readonly children: ReactNode;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly className?: string;
}) {
  return (
    <RadixPopover.Root {...(isOpen !== undefined && { open: isOpen })} {...(onOpenChange && { onOpenChange })}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content
          aria-label={label}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className={classNames(floating, 'w-72 p-3', className)}
        >
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
