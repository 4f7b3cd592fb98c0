/**
 * A run's error in our words. JSONata's own messages quote the values they failed on, which are people's; an error of
 * the syntax quotes the expression alone and is passed on as it is.
 */
export function evaluationFault(error: unknown): string {
  const code = propertyOf(error, 'code');
  const position = propertyOf(error, 'position');
  const where = typeof position === 'number' ? ` at position ${position}` : '';
  if (typeof code !== 'string') return `the expression failed${where}`;
  return `${faults.get(code) ?? `JSONata’s error ${code}`}${where}`;
}

/** @see evaluationFault */
export function syntaxFault(error: unknown): { readonly why: string; readonly position: number } {
  const position = propertyOf(error, 'position');
  const message = propertyOf(error, 'message');
  return {
    why: typeof message === 'string' ? message : 'the expression cannot be read',
    position: typeof position === 'number' ? position : 0,
  };
}

function propertyOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/** How the fault of an expression begins that the time stopped. */
export const outOfTime = 'it took longer than it may';
/** JSONata's error codes. (jsonata.js of 2.2.2, read 2026-11) */
const faults: ReadonlyMap<string, string> = new Map([
  ['D1001', 'a number is out of range'],
  ['D1009', 'two keys of an object are the same'],
  ['D1011', 'it nests deeper than it may'],
  ['D1012', outOfTime],
  ['ERR_SCRIPT_EXECUTION_TIMEOUT', outOfTime],
  ['D2014', 'a range is larger than it may be'],
  ['D2015', 'a sequence is longer than it may be'],
  ['D3001', 'a number that JSON has not was to become a text'],
  ['D3030', 'a value that is no number was to become one'],
  ['D3050', 'the function for $reduce takes fewer than two arguments'],
  ['D3110', 'a text that is no ISO 8601 time was to become milliseconds'],
  ['D3137', 'it called $error'],
  ['D3138', '$single met more than one value'],
  ['D3139', '$single met no value'],
  ['D3141', 'an $assert did not hold'],
  ['T0410', 'an argument is not what its function takes'],
  ['T0411', 'a context value is not what its function takes'],
  ['T0412', 'an array argument holds what its function does not take'],
  ['T1003', 'a key of an object is no text'],
  ['T1005', 'something that is no function was called'],
  ['T1006', 'something that is no function was called'],
  ['T2001', 'the left side of an operator is no number'],
  ['T2002', 'the right side of an operator is no number'],
  ['T2003', 'the left side of a range is no whole number'],
  ['T2004', 'the right side of a range is no whole number'],
  ['T2006', 'the right side of ~> is no function'],
  ['T2007', 'values of different types cannot be sorted'],
  ['T2008', 'what is sorted by is neither a number nor a text'],
  ['T2009', 'values of different types cannot be compared'],
  ['T2010', 'only numbers and texts can be compared'],
]);
