/** Whether a text is a telephone number as E.164 writes it: `+`, the country and at most 15 digits in all. */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text);
}
