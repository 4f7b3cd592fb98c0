import { capturedEvents } from './enrich/captured-events.ts';
import { chosenEnrichment, enrichmentOptions } from './enrich/chosen-enrichment.ts';
import type { ChosenEnrichment } from './enrich/chosen-enrichment.ts';
import { judgeEvent } from './enrich/judge-event.ts';
import type { JudgedEvent, ToldEvent } from './enrich/judge-event.ts';
import { judgedJson } from './enrich/judged-json.ts';
import { judgedSections } from './enrich/judged-sections.ts';
import { readKnown } from './enrich/known-file.ts';
import { plainSectionLines, sectionLines } from './enrich/section-lines.ts';
import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import { lintLines, plainLintLines } from './lint/lint-lines.ts';
import { jsonataExpressions } from '../lambdas/shared/adapters/expressions/jsonata-expressions.ts';
import { toE164In } from '../lambdas/shared/adapters/phone/to-e164.ts';
import { UsageError } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';

/** `enrich --dry-run`: what enrich-task would make of a captured event. It asks no pipeline and writes nothing. */
export const enrich: Command = {
  name: 'enrich',
  usage: '--dry-run <event.json>',
  summary: 'what would be written onto the task of a captured event, and why; asks no pipeline',
  options: {
    'dry-run': { kind: 'flag', help: 'must be there: to write, an event has to come from Twilio' },
    ...enrichmentOptions,
    mode: { kind: 'text', placeholder: 'mode', help: "observe, fill or overwrite; without it, the stage's" },
    hipaa: { kind: 'flag', help: 'for an account under HIPAA' },
    known: { kind: 'text', placeholder: 'file', help: 'what the pipeline would ask others for, as a JSON object' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'The file, or - for standard input, holds the parameters of a TaskRouter callback as a JSON object or as the form they',
    "came in, a CloudEvent, a list of these, one of these a line, or a task's bare attributes, which are taken for those of a",
    'task.created. Configuration, mode and HIPAA are those of --stage, without it dev. What only others know (how a call',
    'ended, the chain of tasks, the customer lookup, a worker by contact_uri, a remembered identity) is "asked at run time",',
    'unless --known says it: any of ending, customer, worker (its attributes), conversationId, identity; null says that there',
    'is none. Values are shown, so mind where the answer goes; of what looks like a secret only the path is. Exits 1 when a',
    'rule failed, when Insights would lose something, or when an event cannot be read.',
  ],
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed, print, readTyped, now } = needs;
    if (!typed.flags.has('dry-run'))
      throw new UsageError(
        'only the dry run exists: npm run cli -- enrich --dry-run <event.json>; nothing else writes',
      );
    const [file, ...others] = typed.words;
    if (file === undefined || others.length > 0)
      throw new UsageError(
        'enrich wants one file: npm run cli -- enrich --dry-run <event.json>, or - for standard input',
      );
    const chosen = await chosenEnrichment(needs);
    const knownFile = typed.texts.get('known');
    const known = knownFile === undefined ? {} : readKnown(knownFile, await readTyped(knownFile));
    const has = {
      chosen,
      known,
      now,
      expressions: jsonataExpressions(),
      toE164: toE164In(chosen.config.defaultCountry),
    };
    const judged: ToldEvent[] = [];
    for (const captured of capturedEvents(await readTyped(file), now()))
      judged.push(captured.kind === 'task' ? await judgeEvent(has, captured) : captured);
    if (typed.flags.has('json')) print(JSON.stringify(judgedJson(judged, chosen)));
    else lines(judged, chosen, needs).forEach(print);
    return judged.some(isBad) ? exitCodes.notGood : exitCodes.done;
  },
};

function isBad(told: ToldEvent): boolean {
  if (told.kind !== 'task') return told.kind === 'unreadable';
  return (
    told.results.some(({ kind }) => kind === 'failed') ||
    told.findings.some(({ level }) => level === 'error') ||
    told.refused.length > 0 ||
    told.noRoomPaths.length > 0 ||
    told.characters.after > told.characters.most
  );
}

function lines(
  judged: readonly ToldEvent[],
  chosen: ChosenEnrichment,
  { colours, isTerminal }: Pick<CommandNeeds, 'colours' | 'isTerminal'>,
): readonly string[] {
  const hipaa = chosen.hipaaMode ? ', HIPAA' : '';
  const unreadable = judged.filter(({ kind }) => kind === 'unreadable').length;
  return [
    printable(`by ${chosen.place}, mode ${chosen.mode}${hipaa}`),
    ...judged.flatMap((told, place) => [
      ...(isTerminal && place > 0 ? ['', ''] : []),
      colours.bold(printable(headText(told))),
      ...(told.kind === 'task' ? taskLines(told, chosen, { colours, isTerminal }) : []),
    ]),
    ...(unreadable > 0 && judged.length > 1 ? [`${unreadable} of ${judged.length} events cannot be read`] : []),
  ];
}

function headText(told: ToldEvent): string {
  if (told.kind === 'unreadable') return `cannot be read: ${told.why}`;
  if (told.kind === 'without-task') return `nothing to enrich: ${told.why}`;
  const { event, assumed } = told;
  const about = `${event.type} of ${event.taskSid}, ${event.occurredAt}`;
  return assumed.length === 0 ? about : `${about} (assumed: ${assumed.join(', ')})`;
}

function taskLines(
  told: JudgedEvent,
  chosen: ChosenEnrichment,
  { colours, isTerminal }: Pick<CommandNeeds, 'colours' | 'isTerminal'>,
): readonly string[] {
  const sections = judgedSections(told, chosen);
  const title = 'what Flex Insights would say of it then';
  const isFine = told.findings.length === 0;
  if (!isTerminal)
    return [
      ...sections.flatMap(plainSectionLines),
      ...(isFine ? ['no finding'] : plainLintLines(told.findings)).map((line) => `lint ${line}`),
    ];
  return [
    ...sections.flatMap((section) => sectionLines(section, colours)),
    '',
    colours.bold(title),
    ...(isFine ? ['nothing'] : lintLines(told.findings)).map((line) => `  ${line}`),
  ];
}
