const SLASH = 47;
const QUESTION_MARK = 63;

/** How many segments the path of a target or pattern has. Counted, not split: it is asked at the end of requests. */
export function countSegments(target: string): number {
  let count = 0;
  let isBetween = true;
  for (let at = 0; at < target.length; at++) {
    const code = target.charCodeAt(at);
    if (code === QUESTION_MARK) break;
    if (isBetween && code !== SLASH) count++;
    isBetween = code === SLASH;
  }
  return count;
}
