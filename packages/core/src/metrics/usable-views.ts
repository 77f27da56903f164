import { MeterProvider, type ViewOptions } from '@opentelemetry/sdk-metrics';
import { reasonText } from '../lifecycle/harmless.ts';
import { warn } from '../lifecycle/warnings.ts';
import type { View } from '../settings/extensions-option.ts';

/** The views that the SDK takes; of the others it is said why it does not. */
export function usableViews(views: readonly View[]): ViewOptions[] {
  return (views as readonly ViewOptions[]).filter((view) => {
    try {
      new MeterProvider({ views: [view] });
      return true;
    } catch (error) {
      warn('views', `a view cannot be used and is left out: ${reasonText(error)}`);
      return false;
    }
  });
}
