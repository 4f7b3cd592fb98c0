import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { ReportTarget } from '../lambdas/shared/domain/report-targets.ts';
import { customerLookupSchema } from '../lambdas/shared/messages/customer-lookup-text.ts';
import { flexPlayerTextSchema } from '../lambdas/shared/messages/flex-player-text.ts';
import { policySchema } from '../lambdas/shared/messages/policy-text.ts';
import { reportTargetsSchema } from '../lambdas/shared/messages/report-targets-text.ts';
import { enrichmentFolder } from '../lib/enrichment-config.ts';
import { retentionFolder } from '../lib/retention-config.ts';
import { UsageError } from './terminal/options.ts';

// Without words of its own, zod/mini says "Invalid input" and not what is allowed.
z.config(z.locales.en());

/** What `--policy` may overlay; every key is optional, an unknown one is an error. Times are in seconds. */
const overlaySchema = z.strictObject({
  linkMode: z.optional(z.enum(['segment-link', 'media', 'both', 'none'])),
  linkTranscripts: z.optional(z.boolean()),
  products: z.optional(z.enum(['voice', 'voice-and-digital'])),
  encryptedRecordings: z.optional(z.enum(['decrypt', 'keep-ciphertext'])),
  retention: z.optional(z.strictObject({ config: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)) })),
  onExistingLink: z.optional(z.enum(['replace', 'keep', 'fill'])),
  enrichment: z.optional(
    z.strictObject({
      mode: z.optional(z.enum(['observe', 'fill', 'overwrite'])),
      config: z.optional(z.string().check(z.regex(/^[a-z0-9-]{1,64}$/))),
      hipaaMode: z.optional(z.boolean()),
      workerWrites: z.optional(z.boolean()),
      /** False asks nobody. */
      customerLookup: z.optional(z.union([z.literal(false), z.partial(customerLookupSchema)])),
    }),
  ),
  /** Whose pages may play by a Flex token, and with which roles. */
  flexPlayer: z.optional(z.partial(flexPlayerTextSchema)),
  deletion: z.optional(z.partial(policySchema.shape.deletion)),
  calabrio: z.optional(z.partial(z.omit(policySchema.shape.calabrio.def.innerType, { isApiConfigured: true }))),
  reports: z.optional(z.strictObject({ targets: reportTargetsSchema })),
});

export type PolicyWishes = z.infer<typeof overlaySchema>;
export type EnrichmentWishes = NonNullable<PolicyWishes['enrichment']>;

type Environment = Readonly<Record<string, string>>;

export interface PolicyOverlay {
  /** Changes a function's environment where the policy says so, and only variables that the function has. */
  apply(environment: Environment): Environment;
  /** False when the policy writes no links into `segment_link`. */
  readonly owesLinks: boolean;
  /** Absent where the stage's own stays. */
  readonly linkMode?: NonNullable<PolicyWishes['linkMode']>;
  /** What is archived; absent where nothing is said of it. */
  readonly products?: PolicyWishes['products'];
  /** What is said of attributes; absent where nothing is. */
  readonly enrichment?: EnrichmentWishes;
  /** The targets that take the place of the stage's; undefined when those stay. */
  readonly reportTargets?: readonly ReportTarget[];
}

/** @throws {UsageError} when the file cannot be read, and as `policyOverlay`. */
export function readPolicyOverlay(path: string): PolicyOverlay {
  return policyOverlay(readFile(path), path);
}

/**
 * The overlay of a policy's text; `name` stands in errors.
 *
 * @throws {UsageError} when it is not JSON, holds a key or a value that no policy has, or names a configuration that is none:
 *   every function that reads it would fail to be built.
 */
export function policyOverlay(text: string, name: string): PolicyOverlay {
  const read = overlaySchema.safeParse(parsed(text, name));
  if (!read.success) throw new UsageError(`${name} is no policy: ${z.prettifyError(read.error)}`);
  const { enrichment, retention } = read.data;
  const unknown =
    (enrichment?.config === undefined ? undefined : enrichmentFolder.unknown(enrichment.config)) ??
    (retention === undefined ? undefined : retentionFolder.unknown(retention.config));
  if (unknown !== undefined) throw new UsageError(`${name} is no policy: ${unknown}`);
  return overlayOf(read.data);
}

/** The overlay of what is wished for; every key is optional. */
export function overlayOf(wishes: PolicyWishes): PolicyOverlay {
  const { linkMode, onExistingLink, enrichment, reports } = wishes;
  const wanted = {
    LINK_MODE: linkMode,
    LINK_TRANSCRIPTS: onOrOff(wishes.linkTranscripts),
    PRODUCTS: wishes.products,
    ENCRYPTED_RECORDINGS: wishes.encryptedRecordings,
    RETENTION_CONFIG: wishes.retention?.config,
    ON_EXISTING_LINK: onExistingLink,
    ENRICHMENT_MODE: enrichment?.mode,
    ENRICHMENT_CONFIG: enrichment?.config,
    HIPAA_MODE: onOrOff(enrichment?.hipaaMode),
    WORKER_WRITES: onOrOff(enrichment?.workerWrites),
    REPORT_TARGETS: reports && JSON.stringify(reports.targets),
  };
  return {
    apply(environment) {
      const changed = Object.entries(wanted).filter(
        ([variable, value]) => value !== undefined && environment[variable] !== undefined,
      );
      const { POLICY: policy, FLEX_PLAYER: flexPlayer } = environment;
      return {
        ...withLookup(environment, enrichment?.customerLookup),
        ...Object.fromEntries(changed.map(([variable, value]) => [variable, value ?? ''])),
        ...(flexPlayer !== undefined && { FLEX_PLAYER: overlaidPlayer(flexPlayer, wishes) }),
        ...(policy !== undefined && { POLICY: overlaidPolicy(policy, wishes) }),
      };
    },
    owesLinks: linkMode !== 'none' && linkMode !== 'media',
    ...(linkMode !== undefined && { linkMode }),
    ...(wishes.products !== undefined && { products: wishes.products }),
    ...(enrichment !== undefined && { enrichment }),
    ...(reports !== undefined && { reportTargets: reports.targets }),
  };
}

/** The one over the other: where both say something, `above` has the last word. */
export function overlaid(beneath: PolicyOverlay, above: PolicyOverlay): PolicyOverlay {
  const reportTargets = above.reportTargets ?? beneath.reportTargets;
  const products = above.products ?? beneath.products;
  const linkMode = above.linkMode ?? beneath.linkMode;
  return {
    apply: (environment) => above.apply(beneath.apply(environment)),
    owesLinks: beneath.owesLinks && above.owesLinks,
    ...(linkMode !== undefined && { linkMode }),
    enrichment: { ...beneath.enrichment, ...above.enrichment },
    ...(products !== undefined && { products }),
    ...(reportTargets !== undefined && { reportTargets }),
  };
}

const onOrOff = (isOn: boolean | undefined): string | undefined =>
  isOn === undefined ? undefined : isOn ? 'on' : 'off';

/** @throws {UsageError} when a lookup is overlaid and the stage has none: its function may not read the lookup's secret. */
function withLookup(environment: Environment, lookup: EnrichmentWishes['customerLookup']): Environment {
  if (lookup === undefined || environment['ENRICHMENT_CONFIG'] === undefined) return environment;
  const { CUSTOMER_LOOKUP: settings, CUSTOMER_LOOKUP_SECRET_ARN: secret, ...others } = environment;
  if (lookup === false) return others;
  if (settings === undefined || secret === undefined)
    throw new UsageError('--policy: this stage has no customer lookup whose settings could be overlaid');
  const overlaidSettings = { ...customerLookupSchema.parse(JSON.parse(settings)), ...lookup };
  return { ...environment, CUSTOMER_LOOKUP: JSON.stringify(overlaidSettings) };
}

function overlaidPlayer(text: string, { flexPlayer }: PolicyWishes): string {
  return JSON.stringify({ ...flexPlayerTextSchema.parse(JSON.parse(text)), ...flexPlayer });
}

/** @throws {UsageError} when Calabrio is overlaid and the stage has none. */
function overlaidPolicy(text: string, { deletion, calabrio, onExistingLink, reports }: PolicyWishes): string {
  const policy = policySchema.parse(JSON.parse(text));
  if (calabrio !== undefined && policy.calabrio === undefined)
    throw new UsageError('--policy: this stage has no Calabrio tenant whose settings could be overlaid');
  return JSON.stringify({
    ...policy,
    deletion: { ...policy.deletion, ...deletion },
    ...(policy.calabrio !== undefined && { calabrio: { ...policy.calabrio, ...calabrio } }),
    ...(onExistingLink !== undefined && { onExistingLink }),
    ...(reports !== undefined && {
      reports: {
        archive: reports.targets.some(({ from }) => from === 'archive'),
        calabrio: reports.targets.some(({ from }) => from === 'calabrio'),
      },
    }),
  });
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
