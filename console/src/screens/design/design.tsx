import { Page, PageBody, Section } from '../../shell/page.tsx';
import { Colours } from './colours.tsx';
import { Components } from './components.tsx';
import { Feedback } from './feedback.tsx';
import { Lists } from './lists.tsx';
import { Type } from './type.tsx';

/** What screens are made of, in the console itself: it cannot differ from what is used. */
export function Design() {
  return (
    <Page title="Design system" about="What screens are made of. Try it in every theme, and without a mouse.">
      <PageBody>
        <Section title="Principles">
          <ul className="list-disc space-y-1 pl-5 text-muted">
            <li>Calm: colour is for what needs somebody, never for decoration. One primary button a screen.</li>
            <li>Dense and precise: 13 px text, 32 px rows, figures in columns, exact moments under the pointer.</li>
            <li>Severity is a shape, a word and a colour: bars that fill, so that it is seen without colour.</li>
            <li>Every figure is a link to the list that was counted. Unknown is written as unknown, never as zero.</li>
            <li>
              What is loaded has a shape already (skeleton); what failed says why and how to go on; what is empty says
              what fills it.
            </li>
          </ul>
        </Section>
        <Colours />
        <Type />
        <Components />
        <Lists />
        <Feedback />
      </PageBody>
    </Page>
  );
}
