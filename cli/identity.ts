import { capturedEvents } from './enrich/captured-events.ts';
import { chosenEnrichment, enrichmentOptions } from './enrich/chosen-enrichment.ts';
import { identitySamples } from './enrich/identity-samples.ts';
import type { IdentitySamples } from './enrich/identity-samples.ts';
import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import { below, factLines } from './fact-lines.ts';
import { jsonataExpressions } from '../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import { toE164In } from '../lambdas/shared/adapters/phone/to-e164.ts';
import { identityKinds } from '../lambdas/shared/domain/enrichment/enrichment-config.ts';
import type { EnrichmentConfig, IdentitySettings } from '../lambdas/shared/domain/enrichment/enrichment-config.ts';
import { identitySplits } from '../lambdas/shared/domain/enrichment/identity-splits.ts';
import type { IdentitySplits } from '../lambdas/shared/domain/enrichment/identity-splits.ts';
import { UsageError } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';

/** `identity --dry-run`: what a configured identity would do to the customers that Insights knows today. */
export const identity: Command = {
  name: 'identity',
  usage: '--dry-run <events.ndjson>',
  summary: 'how many customers of today a configured identity would split or merge; asks no pipeline',
  options: {
    'dry-run': { kind: 'flag', help: 'must be there: identities are only given to tasks, as they come' },
    ...enrichmentOptions,
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'The file, or - for standard input, holds captured events as enrich takes them, one a line or as a list, in the order in',
    'which they came. Of several events of one task the last one counts. What a customer is known as today is what Insights',
    'would take by the documented order; a new identity is for good, so a split leaves the old conversations under another',
    'customer. Where the configuration has no identity, the documented order is judged, sticky. Only counts are shown, and',
    'no value of any task; what cannot be read is named by its line, and the rest is counted all the same. Exits 1 when a',
    'customer would be split or merged, or an event cannot be read.',
  ],
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed, print, readTyped, now } = needs;
    if (!typed.flags.has('dry-run'))
      throw new UsageError('only the dry run exists: npm run cli -- identity --dry-run <events.ndjson>');
    const [file, ...others] = typed.words;
    if (file === undefined || others.length > 0)
      throw new UsageError(
        'identity wants one file: npm run cli -- identity --dry-run <events.ndjson>, or - for standard input',
      );
    const { config, place } = await chosenEnrichment(needs);
    const settings = config.identity ?? proposal;
    const has = {
      config: { ...config, identity: settings },
      now,
      expressions: jsonataExpressions(),
      toE164: toE164In(config.defaultCountry),
    };
    const { samples, ...skipped } = await identitySamples(
      has,
      capturedEvents(await readTyped(file, mostCharacters), now()),
    );
    const splits = identitySplits(samples, settings);
    if (typed.flags.has('json'))
      print(
        JSON.stringify({
          ...{ config: config.name, file: place, isConfigured: config.identity !== undefined, settings },
          ...splits,
          ...skipped,
        }),
      );
    else
      [printable(headText(config, place)), ...splitLines(splits, skipped), ...unreadableLines(skipped)].forEach(print);
    const isGood = splits.split === 0 && splits.merged === 0 && skipped.unreadable === 0;
    return isGood ? exitCodes.done : exitCodes.notGood;
  },
};

/** Many days of events. */
const mostCharacters = 200_000_000;

/** What is judged where the configuration does not say: the order of Insights itself, and nobody forgotten. */
const proposal: IdentitySettings = { order: identityKinds, sticky: true };

function headText({ identity }: EnrichmentConfig, place: string): string {
  const order = (identity ?? proposal).order.join(', ');
  const memory = (identity ?? proposal).sticky ? 'sticky' : 'not sticky';
  return identity === undefined
    ? `${place} has no identity; this is what one would do: ${order}; ${memory}`
    : `by the identity of ${place}: ${order}; ${memory}`;
}

function splitLines(
  splits: IdentitySplits,
  { withoutTask, unreadable }: Pick<IdentitySamples, 'withoutTask' | 'unreadable'>,
): readonly string[] {
  return factLines(
    [
      ['tasks', String(splits.tasks)],
      ['tasks of nobody', `${splits.tasksOfNobody}, each a customer of its own before and after`],
      ['customers today', String(splits.customersToday)],
      ['customers then', String(splits.customersProposed)],
      ['would be split', `${splits.split}, whose next conversations would be another customer's`],
      ['would be merged', `${splits.merged}, who would be one customer with somebody else`],
      ['events without a task', withoutTask === 0 ? undefined : String(withoutTask)],
      ['events unreadable', unreadable === 0 ? undefined : String(unreadable)],
    ],
    23,
  );
}

/** More would push the counts off the screen. */
const mostUnreadableNamed = 10;

function unreadableLines({ unreadableWhy }: Pick<IdentitySamples, 'unreadableWhy'>): readonly string[] {
  const rest = unreadableWhy.length - mostUnreadableNamed;
  return [
    ...unreadableWhy.slice(0, mostUnreadableNamed),
    ...(rest > 0 ? [`and ${rest} more, which --json names`] : []),
  ].flatMap((why) => below(printable(why)));
}
