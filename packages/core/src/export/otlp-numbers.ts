import type { HrTime } from '@opentelemetry/api';

/** How an encoding has numbers: 64-bit integers and times, and doubles that JSON has no word for. */
export interface OtlpNumbers {
  int64(value: number): unknown;
  int64s(values: readonly number[]): readonly unknown[];
  double(value: number | undefined): unknown;
  doubles(values: readonly number[]): readonly unknown[];
  time(time: HrTime): unknown;
}

/** As they are: the writer knows the kind of each field. */
export const protobufNumbers: OtlpNumbers = {
  int64: (value) => value,
  int64s: (values) => values,
  double: (value) => value,
  doubles: (values) => values,
  time: nanoseconds,
};

/** Protobuf's JSON mapping: 64-bit integers are strings, and so are the numbers JSON has no word for. */
export const jsonNumbers: OtlpNumbers = {
  int64: wholeText,
  int64s: (values) => values.map(wholeText),
  double: jsonDouble,
  doubles: (values) => (values.every(Number.isFinite) ? values : values.map(jsonDouble)),
  time: nanosecondsText,
};

/** Not as JavaScript writes large numbers (1e+21). */
function wholeText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(BigInt(value));
}

function jsonDouble(value: number | undefined): unknown {
  return value === undefined || Number.isFinite(value) ? value : String(value);
}

function nanoseconds([seconds, rest]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(rest);
}

/** Side by side where that is the same: it takes no arithmetic with large numbers. */
function nanosecondsText(time: HrTime): string {
  const [seconds, rest] = time;
  const isPlain = seconds > 0 && rest >= 0 && rest < 1e9;
  return isPlain ? `${seconds}${String(rest).padStart(9, '0')}` : String(nanoseconds(time));
}
