import { createLogger } from '@stoplight/prism-core';
import { createInstance } from '@stoplight/prism-http';
import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http';
import type { Operation } from './operation.ts';

/** The severity of a diagnostic that is a fault; the higher ones are remarks (`DiagnosticSeverity.Error`). */
const ERROR = 0;

export interface PrismFacts {
  /** Undefined where no operation has this method and path. */
  readonly operation: Operation | undefined;
  readonly ofRequest: readonly string[];
  readonly ofAnswer: readonly string[];
}

const logger = createLogger('PRISM', { level: 'silent' });

/**
 * Passes one request through Prism as a validating proxy: Prism finds the operation, checks the request (path,
 * parameters, body, credentials), has it sent by `send`, and checks what came back.
 *
 * The sending is ours: Prism's own reads media as text and answers a broken connection with a document of its own,
 * and both would spoil what the tests behind it are about.
 */
export async function checkedByPrism(
  operations: readonly Operation[],
  request: IHttpRequest,
  send: (operation: Operation | undefined) => Promise<IHttpResponse>,
): Promise<PrismFacts> {
  let found: Operation | undefined;
  const settings = { checkSecurity: true, validateRequest: true, validateResponse: true, errors: false };
  const prism = createInstance(
    {
      ...{ ...settings, isProxy: true, upstreamProxy: undefined, mock: { dynamic: false } },
      // Asked for by the type and used by Prism's own sending alone.
      upstream: new URL('http://127.0.0.1'),
    },
    {
      logger,
      forward: (_input, _upstream, _proxy, operation) => () => async () => {
        found = operation;
        return { _tag: 'Right', right: await send(operation) };
      },
    },
  );
  const result = await prism.request(request, alike(operations, request.url.path))();
  if (result._tag === 'Left') throw result.left;
  const { input, output } = result.right.validations;
  return {
    operation: found,
    ofRequest: input.filter(isFault).map(factOf),
    ofAnswer: output.filter(isFault).map(factOf),
  };
}

/** Those that a path can mean: to Prism `{Sid}` fits `RE1.json` as well as `{Sid}.json` does. */
function alike(operations: readonly Operation[], path: string): Operation[] {
  return operations.filter((operation) => endingOf(operation.path) === endingOf(path));
}

const endingOf = (path: string): string | undefined => /\.(json|wav|mp3|xml|csv)$/.exec(path)?.[0];

type Diagnostic = { readonly path?: string[]; readonly message: string; readonly severity: number };

const isFault = ({ severity }: Diagnostic): boolean => severity === ERROR;
const factOf = ({ path = [], message }: Diagnostic): string => [...path, message].join(' ');
