import { text } from './kinds.ts';
import { type Setting, setting } from './setting.ts';

type Row = Setting<string | undefined>;

/** A row that is only listed: its value has a form of its own, with a reader of its own. */
export function readElsewhere(row: Omit<Row, 'kind' | 'fallback'> & { byDefault: string }): Row {
  return setting({ ...row, kind: text, fallback: undefined });
}
