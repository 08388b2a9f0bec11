import { Page } from '../../shell/page.tsx';

export function Inbox() {
  return <Page title="Inbox">{undefined}</Page>;
}
