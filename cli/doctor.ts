import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import { areas } from './doctor/check.ts';
import type { Area, Check } from './doctor/check.ts';
import { allChecks } from './doctor/checks/all-checks.ts';
import { firstCall } from './doctor/first-call/first-call.ts';
import { examine } from './doctor/examine.ts';
import type { Examined } from './doctor/examine.ts';
import { countFindings, countLine, findingLines } from './doctor/finding-lines.ts';
import { patientOf } from './doctor/patient/patient-of.ts';
import { stageOf } from './stage-of.ts';
import { nearest } from '../lambdas/shared/domain/nearest.ts';
import { UsageError } from '../local/terminal/options.ts';

/** `doctor`: looks at everything that has to fit together, and says what to do where it does not. */
export const doctor: Command = {
  name: 'doctor',
  usage: '[--only <area,…> | --first-call]',
  summary: 'tests the whole installation: credentials, events, recordings, Calabrio, archive, playback',
  options: {
    only: { kind: 'text', placeholder: 'area,…', help: `some areas only: ${areas.join(', ')}` },
    'flex-token': {
      kind: 'text',
      placeholder: 'file',
      help: 'a file with a Flex token, or - for standard input; plays a recording with it',
    },
    'first-call': { kind: 'flag', help: 'instead: waits for one test call and checks off what it brings about' },
    wait: { kind: 'text', placeholder: 'minutes', help: 'how long --first-call waits; 15 unless given' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'docs/doctor.md lists every check. It reads, and it sends these: test events of our own and a form that is none',
    "of TaskRouter's, signed, through the gateway (a probe that is not proved is put into quarantine); one test event of",
    "Twilio's to our sink; a link with a wrong code, and a request for a message with a wrong token; with --flex-token",
    'one play of one recording, which its timeline then names. Exits 0 when nothing has failed, warnings allowed, and 1',
    'otherwise. With --first-call make one recorded call: each thing that it is to bring about is said with its time;',
    'the link is played once. Exits 0 when all is met.',
  ],
  async run(needs: CommandNeeds): Promise<ExitCode> {
    const { typed } = needs;
    if (typed.flags.has('first-call')) return await watchFirstCall(needs);
    refuse(typed, ['wait'], 'is an option of --first-call');
    const chosen = chosenChecks(typed.texts.get('only'));
    const flexToken = await typedToken(needs);
    const connection = await needs.connect();
    const stage = await stageOf(connection.stageName);
    const patient = patientOf(connection, stage, { ...needs, flexToken });
    const isJson = typed.flags.has('json');
    const examined = await examine(chosen, patient, {
      report: isJson ? () => undefined : printer(needs),
      underWay: (checks) =>
        needs.progress.show(checks.length === 0 ? [] : [`looking at ${checks.map(({ name }) => name).join(', ')}`]),
    });
    const counts = countFindings(examined);
    if (isJson) needs.print(JSON.stringify({ pipeline: connection.name, findings: examined.map(asJson), counts }));
    else ['', countLine(counts)].forEach((line) => needs.print(line));
    return counts.failed > 0 ? exitCodes.notGood : exitCodes.done;
  },
};

async function watchFirstCall(needs: CommandNeeds): Promise<ExitCode> {
  refuse(needs.typed, ['only', 'flex-token'], 'cannot be given with --first-call: run doctor once without it');
  return await firstCall(needs);
}

/** @throws {UsageError} where one of these was typed. */
function refuse({ texts }: CommandNeeds['typed'], names: readonly string[], why: string): void {
  const typed = names.find((name) => texts.has(name));
  if (typed !== undefined) throw new UsageError(`--${typed} ${why}`);
}

/** A finding after another, each area below its name. */
function printer({ print, colours, progress, isTerminal }: CommandNeeds): (examined: Examined) => void {
  let last: Area | undefined;
  return (examined) => {
    const { area } = examined.check;
    // What is under way stands on the same terminal, where the finding belongs.
    if (isTerminal) progress.end();
    if (area !== last) [...(last === undefined ? [] : ['']), colours.bold(area)].forEach((line) => print(line));
    last = area;
    findingLines(examined, colours).forEach((line) => print(line));
  };
}

function asJson({ check: { area, name }, finding }: Examined): object {
  return { area, name, ...finding };
}

function chosenChecks(only: string | undefined): readonly Check[] {
  if (only === undefined) return allChecks;
  const wanted = only.split(',').map(areaTyped);
  return allChecks.filter(({ area }) => wanted.includes(area));
}

function areaTyped(word: string): Area {
  const found = areas.find((area) => area === word.trim());
  if (found !== undefined) return found;
  const near = nearest(word, areas);
  throw new UsageError(
    `--only ${word}: there is no such area; ${near === undefined ? `there are ${areas.join(', ')}` : `did you mean ${near}?`}`,
  );
}

/** Longer than any token: one that is too long is a finding, a whole log file a slip. */
const longestTyped = 100_000;

async function typedToken({ typed, readTyped }: CommandNeeds): Promise<string | undefined> {
  const word = typed.texts.get('flex-token');
  if (word === undefined) return undefined;
  const token = (await readTyped(word, longestTyped)).trim();
  if (token === '' || /\s/.test(token)) throw new UsageError(`--flex-token ${word}: wanted is the token alone`);
  return token;
}
