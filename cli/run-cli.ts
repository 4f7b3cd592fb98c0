import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import { commands } from './commands.ts';
import type { Connection } from './connection.ts';
import { TwilioSaidNoError } from './twilio/twilio-said-no-error.ts';
import { UnreachableError } from './unreachable-error.ts';
import { ask } from './ask.ts';
import { typedText } from './typed-text.ts';
import { nearest } from '../lambdas/shared/domain/nearest.ts';
import { RetryableError } from '../lambdas/shared/domain/outcome.ts';
import { coloursFor } from '../local/terminal/colours.ts';
import { explained, optionHelp, readOptions, UsageError } from '../local/terminal/options.ts';
import type { OptionSpecs, TypedOptions } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';
import { progressOn } from '../local/terminal/progress.ts';
import type { Screen } from '../local/terminal/progress.ts';
import { wrapped } from '../local/terminal/words.ts';

/** What every command takes: where the pipeline is. */
const commonOptions: OptionSpecs = {
  stage: {
    kind: 'text',
    placeholder: 'name',
    help: 'the stage in AWS, with the credentials and region of the environment',
  },
  data: {
    kind: 'text',
    placeholder: 'dir',
    help: 'the data directory of a local cloud; without it, the last one started here',
  },
  help: { kind: 'flag', help: 'this text' },
};

/** Everything the process has that a command may need. */
export interface CliProcess {
  readonly typed: readonly string[];
  readonly stdout: Screen;
  readonly stderr: Screen;
  /** @default - the process's own */
  readonly stdin?: Readable;
  /** How the process waits. @default - by the clock */
  readonly pause?: (seconds: number) => Promise<void>;
  readonly noColor: string | undefined;
  /** @default - none is set */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly connect: (typed: TypedOptions) => Promise<Connection>;
}

/** Runs what was typed and gives the exit code; whatever goes wrong is told on stderr with what to do. */
export async function runCli(has: CliProcess): Promise<ExitCode> {
  const complain = (error: Error): void => {
    const lines = [error.message, ...(error instanceof UsageError ? error.details : [])];
    has.stderr.write(lines.map((line) => `${printable(line)}\n`).join(''));
  };
  try {
    return await dispatch(has);
  } catch (error) {
    const exit = exitOf(error);
    if (exit === undefined || !(error instanceof Error)) throw error;
    complain(error);
    return commandOf(commandTyped(has.typed))?.errorExit ?? exit;
  }
}

/** Of an error that a person can do something about; undefined for a fault of ours. */
function exitOf(error: unknown): ExitCode | undefined {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof TwilioSaidNoError) return exitCodes.notGood;
  if (error instanceof UnreachableError || error instanceof RetryableError) return exitCodes.unreachable;
  return undefined;
}

async function dispatch(has: CliProcess): Promise<ExitCode> {
  const print = (line: string): void => has.stdout.write(`${line}\n`);
  const typedCommand = commandTyped(has.typed);
  const { group, name, rest } = typedCommand;
  if (name === undefined || name === '--help' || name === 'help') {
    overview(group).forEach(print);
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  const command = commandOf(typedCommand);
  if (command === undefined) throw new UsageError(unknownCommand(fullNameOf(typedCommand)));
  const options = { ...command.options, ...commonOptions };
  const typed = readOptions(rest, options);
  if (typed.flags.has('help')) {
    helpOf(command, options).forEach(print);
    return exitCodes.done;
  }
  return await runCommand(command, typed, has, print);
}

interface TypedCommand {
  /** The words before the last of its name: `calabrio`, `twilio task`. */
  readonly group?: string;
  readonly name: string | undefined;
  readonly rest: readonly string[];
}

/** The command as it was typed; one of a group (`calabrio sheet`, `twilio task create`) has more than one word. */
function commandTyped(typed: readonly string[], group?: string): TypedCommand {
  const [first, ...rest] = typed;
  const soFar = group === undefined ? first : `${group} ${first}`;
  const isGroup = first !== undefined && commands.some(({ name }) => name.startsWith(`${soFar} `));
  if (isGroup) return commandTyped(rest, soFar);
  return { ...(group !== undefined && { group }), name: first, rest };
}

const fullNameOf = ({ group, name = '' }: TypedCommand): string => (group === undefined ? name : `${group} ${name}`);

function commandOf(typed: TypedCommand): Command | undefined {
  const fullName = fullNameOf(typed);
  return commands.find((one) => one.name === fullName);
}

async function runCommand(
  command: Command,
  typed: TypedOptions,
  has: CliProcess,
  print: (line: string) => void,
): Promise<ExitCode> {
  let connection: Promise<Connection> | undefined;
  const progress = progressOn(has.stderr, { nowMs: () => has.now().getTime() });
  const colours = coloursFor({ isTty: has.stdout.isTty, noColor: has.noColor });
  const connect = (): Promise<Connection> => (connection ??= has.connect(typed));
  try {
    const isTerminal = has.stdout.isTty;
    const readTyped: CommandNeeds['readTyped'] = (word, mostCharacters) =>
      typedText(word, has.stdin ?? process.stdin, mostCharacters);
    return await command.run({
      ...{ typed, connect, print, progress, colours, isTerminal, readTyped, now: has.now },
      environment: has.environment ?? {},
      ask: (question) => ask(question, { stdin: has.stdin ?? process.stdin, write: has.stderr.write }),
      pause: has.pause ?? ((seconds) => wait(seconds * 1000)),
    });
  } finally {
    progress.end();
    await connection?.then((one) => one.close());
  }
}

/** Every command, or those of one group. */
function overview(group: string | undefined): readonly string[] {
  const listed = commands.filter(({ name }) => group === undefined || name.startsWith(`${group} `));
  return [
    'npm run cli -- <command>',
    '',
    ...explained(listed.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary])),
    '',
    'npm run cli -- <command> --help says more.',
    'Exit codes: 0 done, 1 the answer is bad, 2 typed wrongly, 3 the other side',
    'cannot be reached.',
  ];
}

/** The narrowest terminal that is common. */
const helpWidth = 80;

function helpOf(command: Command, options: OptionSpecs): readonly string[] {
  return [
    `npm run cli -- ${command.name} ${command.usage} [options]`.replace('  ', ' '),
    '',
    ...wrapped(command.summary, helpWidth),
    '',
    ...optionHelp(options),
    '',
    ...wrapped(command.details.join(' '), helpWidth),
  ];
}

function unknownCommand(name: string): string {
  const near = nearest(
    name,
    commands.map((one) => one.name),
  );
  const hint = near === undefined ? `there are ${commands.map((one) => one.name).join(', ')}` : `did you mean ${near}?`;
  return `"${name}" is no command; ${hint}`;
}
