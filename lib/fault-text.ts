import type * as z from 'zod/mini';

/** `lib/stages.ts has 2 faults:` and a line for each. */
export function faultList(where: string, faults: readonly string[]): string {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  return `${where} has ${count}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`;
}

/** What is wrong with one setting, its value and what was wanted; the path begins with the stage's name. */
export function issueText(stageName: string, issue: z.core.$ZodIssue): string {
  const path = [stageName, ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys')
    return `${path}: does not know ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  const wanted =
    issue.code === 'invalid_type' && !issue.message.startsWith('wanted') ? `wanted ${issue.expected}` : issue.message;
  return issue.input === undefined
    ? `${path} is missing: ${wanted}`
    : `${path} is ${JSON.stringify(issue.input)}: ${wanted}`;
}
