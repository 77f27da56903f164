/** W3C Baggage, value: octets that are no UTF-8 become U+FFFD, a percent sign that begins no octet stays. */
export function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (octets) =>
      Buffer.from(octets.replaceAll('%', ''), 'hex').toString(),
    );
  }
}
