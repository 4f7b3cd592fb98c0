/**
 * Whether a number stands where a caller's own was withheld. Carriers send a word instead, spelt on a telephone's keypad;
 * no customer has any of these numbers.
 */
export function isWithheld(number: string): boolean {
  const digits = number.replace(/^\+/, '');
  return withheld.has(digits) || (digits.startsWith('1') && withheld.has(digits.slice(1)));
}

const withheld: ReadonlySet<string> = new Set([
  '266696687', // ANONYMOUS
  '7378742833', // RESTRICTED
  '2562533', // BLOCKED
  '8656696', // UNKNOWN
  '86282452253', // UNAVAILABLE
]);
