import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The operations that the contract checks reach, as test/fixtures/openapi/operations.txt lists them:
 * `taskrouter_v1 FetchTask GET /v1/Workspaces/{WorkspaceSid}/Tasks/{Sid}`.
 */
export const checkedOperations: readonly string[] = readFileSync(
  join(import.meta.dirname, '../../fixtures/openapi/operations.txt'),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '');

const checked = checkedOperations.map((line) => {
  const [, , method = '', path = ''] = line.split(' ');
  const pattern = path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+');
  return { method, path: new RegExp(`^${pattern}$`) };
});

/** Of what Twilio was asked, each kind once, what no contract check covers. HEAD is GET. */
export function uncheckedRequests(
  requests: readonly { readonly method: string; readonly path: string }[],
): readonly string[] {
  const unchecked = requests.filter(({ method, path }) => {
    const as = method === 'HEAD' ? 'GET' : method;
    return !checked.some((one) => one.method === as && one.path.test(path));
  });
  return [...new Set(unchecked.map(({ method, path }) => `${method} ${path.replaceAll(/[0-9a-f]{32}/g, '…')}`))];
}

/** Fails the test in which Twilio was asked for something that no contract check covers. */
export function expectOnlyCheckedRequests(requests: Parameters<typeof uncheckedRequests>[0]): void {
  expect(uncheckedRequests(requests)).toEqual([]);
}
