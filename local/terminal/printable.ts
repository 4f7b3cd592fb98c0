/**
 * The text with its control characters made visible (`\x1b`, `\x0a`, `\x9b`), so that what others wrote can neither
 * move the cursor nor begin a line of its own. C0, DEL and C1 are meant; everything else stays as it is. Not to be
 * read back: a text that held the four characters `\x1b` looks the same.
 */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
