import type { OptionSpecs, TypedOptions } from '../local/terminal/options.ts';
import type { Colours } from '../local/terminal/colours.ts';
import type { Progress } from '../local/terminal/progress.ts';
import type { Connection } from './connection.ts';

/** What a command tells the shell: 0 done, 1 looked and the answer is bad, 2 typed wrongly, 3 the other side failed. */
export const exitCodes = { done: 0, notGood: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command is given to work with. */
export interface CommandNeeds {
  readonly typed: TypedOptions;
  /** Connects on the first call and gives the same connection after that. */
  readonly connect: () => Promise<Connection>;
  /** One line of the answer, on stdout. */
  readonly print: (line: string) => void;
  /** What is under way, on stderr, so that stdout holds the answer alone. */
  readonly progress: Progress;
  readonly colours: Colours;
  /** False where the answer goes to a file or to another program. */
  readonly isTerminal: boolean;
  /**
   * The text of a file, or of standard input for `-`.
   *
   * @throws {UsageError} when there is no such file, or it is no text file.
   */
  readonly readTyped: (word: string, mostCharacters?: number) => Promise<string>;
  /**
   * Asks for a yes on the terminal.
   *
   * @throws {UsageError} where nobody sits at one.
   */
  readonly ask: (question: string) => Promise<boolean>;
  /** Waits, as Twilio asks for it. */
  readonly pause: (seconds: number) => Promise<void>;
  readonly now: () => Date;
  /** The process's environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Command {
  readonly name: string;
  /** How its words are typed, after the name. */
  readonly usage: string;
  /** One line in the list of commands. */
  readonly summary: string;
  /** What a person must know before typing it, below the options in `--help`. */
  readonly details: readonly string[];
  readonly options: OptionSpecs;
  /** What every error exits with, where scripts are promised so. @default - by the error, as `exitCodes` says */
  readonly errorExit?: ExitCode;
  run(needs: CommandNeeds): Promise<ExitCode>;
}
