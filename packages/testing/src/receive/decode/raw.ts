/** A decoded message before it is made pleasant: only what was sent, under the names of OTLP/JSON. */
export interface Raw {
  [field: string]: RawValue | undefined;
}

/** 64-bit integers are bigints, ids are hex, enums are numbers. */
export type RawValue = string | number | bigint | boolean | Uint8Array | Raw | RawValue[];
