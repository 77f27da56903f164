/** Does the same with every part; one that fails keeps no other from its turn. Never rejects. */
export async function allOf<T>(
  parts: readonly T[],
  work: (part: T) => Promise<void>,
): Promise<void> {
  await Promise.allSettled(parts.map(async (part) => work(part)));
}
