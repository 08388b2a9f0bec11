import type { ImageConfig } from '#artifact/index.ts';
import { type Checked, joined } from '../checked.ts';
import { evaluateChecks } from '../evaluate.ts';
import type { CheckSettings } from '../settings.ts';

/** What findings call the place, which is no file of the image. */
const PLACE = 'image-configuration';

/** Asks the checks of configurations about an image's. */
export function checkImageConfig(config: ImageConfig, settings: CheckSettings): Checked {
  return joined([evaluateChecks('image-config', { config, today: settings.today }, PLACE, settings)]);
}
