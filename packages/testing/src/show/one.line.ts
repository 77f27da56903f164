// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const control = /[\u0000-\u001f\u007f-\u009f]/g;

/** Telemetry is somebody else's text: control characters are written out, so that it can neither break a line nor colour a terminal. */
export function oneLine(text: string): string {
  return text.replace(control, (character) => {
    if (character === '\n') return '\\n';
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
