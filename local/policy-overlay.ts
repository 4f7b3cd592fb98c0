import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { UsageError } from './terminal/options.ts';

// Without words of its own, zod/mini says "Invalid input" and not what is allowed.
z.config(z.locales.en());

/** What `--policy` may overlay; every key is optional, an unknown one is an error. */
const policySchema = z.strictObject({
  linkMode: z.optional(z.enum(['segment-link', 'none'])),
  onExistingLink: z.optional(z.enum(['replace', 'keep', 'fill'])),
  enrichment: z.optional(z.strictObject({ mode: z.optional(z.enum(['observe', 'fill', 'overwrite'])) })),
});

type Environment = Readonly<Record<string, string>>;

export interface PolicyOverlay {
  /** Changes a function's environment where the policy says so, and only variables that the function has. */
  apply(environment: Environment): Environment;
  /** False when the policy writes no links, or only watches what it would enrich. */
  readonly owesLinks: boolean;
  readonly owesAttributes: boolean;
}

/** @throws {UsageError} when the file cannot be read, is not JSON, or holds a key or a value that no policy has. */
export function readPolicyOverlay(path: string): PolicyOverlay {
  return policyOverlay(readFile(path), path);
}

/** The overlay of a policy's text; `name` stands in errors. */
export function policyOverlay(text: string, name: string): PolicyOverlay {
  const read = policySchema.safeParse(parsed(text, name));
  if (!read.success) throw new UsageError(`${name} is no policy: ${z.prettifyError(read.error)}`);
  const { linkMode, onExistingLink, enrichment } = read.data;
  const wanted = { LINK_MODE: linkMode, ON_EXISTING_LINK: onExistingLink, ENRICHMENT_MODE: enrichment?.mode };
  return {
    apply(environment) {
      const changed = Object.entries(wanted).filter(
        ([variable, value]) => value !== undefined && environment[variable] !== undefined,
      );
      return { ...environment, ...Object.fromEntries(changed.map(([variable, value]) => [variable, value ?? ''])) };
    },
    owesLinks: linkMode !== 'none',
    owesAttributes: enrichment?.mode !== 'observe',
  };
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`--policy: ${path} cannot be read (${faultCode(cause)})`, { cause });
  }
}

/** Node's own name of the fault: ENOENT, EACCES, EISDIR. */
function faultCode(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'for no known reason';
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${name} is no policy: it is not JSON`, { cause });
  }
}
