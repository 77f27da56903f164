import type { Raw, RawValue } from './raw.ts';
import type { Field, Message } from './schema.ts';

/** Sets a singular field, and takes back what an earlier member of the same oneof had set. */
export function putField(raw: Raw, message: Message, name: string, field: Field, value: RawValue) {
  if (field.oneof !== undefined) clearOthers(raw, message, name, field.oneof);
  raw[name] = value;
}

function clearOthers(raw: Raw, message: Message, name: string, oneof: string): void {
  for (const [other, field] of Object.entries(message.fields)) {
    if (other !== name && field.oneof === oneof) delete raw[other];
  }
}
