import { Page } from '../../shell/page.tsx';

export function Findings() {
  return <Page title="Findings">{undefined}</Page>;
}
