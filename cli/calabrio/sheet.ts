import { acdPage, acdSheet } from './acd-sheet.ts';
import type { AcdFacts, SheetSection } from './acd-sheet.ts';
import { lintAcdSheet } from './lint-acd-sheet.ts';
import type { Lint } from './lint-acd-sheet.ts';
import { exitCodes } from '../command.ts';
import type { Command, CommandNeeds, ExitCode } from '../command.ts';
import { factLines, lineWidth } from '../fact-lines.ts';
import { rowsWithMore } from '../rows.ts';
import { stageOf } from '../stage-of.ts';
import { UsageError } from '../../local/terminal/options.ts';
import { wrapped } from '../../local/terminal/words.ts';

/** `calabrio sheet`: Calabrio's ACD page, filled in for a stage, and what is wrong with it. */
export const calabrioSheet: Command = {
  name: 'calabrio sheet',
  usage: '',
  summary: "Calabrio's ACD page for Twilio Flex, filled in and ready to type",
  options: {
    reveal: { kind: 'flag', help: 'the event webhook URL with its token, as it is in the secret' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    `The page is ${acdPage}.`,
    'The values are those of the stage table (lib/stages.ts) and of what the stage publishes. Without --reveal no secret',
    'is read. Exits 1 when something on the page would not work.',
  ],
  async run({ typed, connect, print, colours }: CommandNeeds): Promise<ExitCode> {
    const facts = await factsOf({ typed, connect });
    const sections = acdSheet(facts);
    const lints = lintAcdSheet(facts);
    if (typed.flags.has('json')) print(JSON.stringify({ page: acdPage, sections, lints }));
    else {
      print(colours.bold(acdPage));
      for (const section of sections)
        ['', colours.bold(section.title), ...sectionLines(section)].forEach((line) => print(line));
      ['', colours.bold('checked'), ...lintLines(lints)].forEach((line) => print(line));
    }
    return lints.some(({ fault }) => fault !== undefined) ? exitCodes.notGood : exitCodes.done;
  },
};

/** A stage with a domain of its own needs nobody to be asked, unless its token is wanted. */
async function factsOf({ typed, connect }: Pick<CommandNeeds, 'typed' | 'connect'>): Promise<AcdFacts> {
  const stageName = typed.texts.get('stage') ?? (await connect()).stageName;
  const { twilio, calabrio, customDomain } = await stageOf(stageName);
  if (calabrio === undefined)
    throw new UsageError(`the stage ${stageName} has no Calabrio tenant: give it a calabrio block in lib/stages.ts`);
  const publicUrl = customDomain === undefined ? (await connect()).publicUrl : `https://${customDomain.domainName}`;
  const token = typed.flags.has('reveal') ? await (await connect()).calabrioToken() : undefined;
  return { twilio, calabrio, publicUrl, token };
}

function sectionLines({ fields, mappings = [], notes = [] }: SheetSection): readonly string[] {
  return [
    ...factLines(
      fields.map(({ field, type }) => [field, type]),
      34,
    ),
    ...rowsWithMore(
      [{ title: 'Object' }, { title: 'Attribute' }, { title: 'Calabrio Metadata Name' }, { title: 'Type' }],
      mappings.map(({ object, attribute, metadataName }) => ({
        cells: [object, attribute, metadataName, 'Text'],
        below: [],
      })),
    ),
    ...notes.flatMap((note) => wrapped(note, lineWidth)),
  ].map((line) => `  ${line}`);
}

function lintLines(lints: readonly Lint[]): readonly string[] {
  return factLines(
    lints.map(({ rule, fault }) => [
      fault === undefined ? 'good' : 'WRONG',
      fault === undefined ? rule : `${rule}: ${fault}`,
    ]),
    7,
  ).map((line) => `  ${line}`);
}
