import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import { isBad, levelCounts, levelCountsText } from './lint/level-counts.ts';
import { lintText } from './lint/lint-text.ts';
import { lintLines, plainLintLines } from './lint/lint-lines.ts';
import { UsageError } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';

/** `lint`: what Flex Insights would lose, refuse or misread of a file. It asks no pipeline. */
export const lint: Command = {
  name: 'lint',
  usage: '<file>',
  summary: 'what Flex Insights would lose or misread of task or worker attributes, or of an enrichment file',
  options: {
    hipaa: { kind: 'flag', help: 'for an account under HIPAA: what Insights is kept from is told too' },
    worker: { kind: 'flag', help: "the attributes are a worker's, whatever they look like" },
    strict: { kind: 'flag', help: 'exit 1 for warnings too' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    "The file holds a task's or a worker's attributes, a task or worker as REST shows it, the body that creates a task, a",
    'captured event (callback parameters as a JSON object, or CloudEvents), or a file of config/enrichment; - is standard',
    'input. What it is shows in its content. Exits 1 when there are errors. docs/insights.md explains every rule. Values are',
    'shown, so mind where the answer goes; what looks like a credential is not.',
  ],
  async run({ typed, print, readTyped, isTerminal, colours }: CommandNeeds): Promise<ExitCode> {
    const [file, ...others] = typed.words;
    if (file === undefined || others.length > 0)
      throw new UsageError('lint wants one file: npm run cli -- lint <file>, or - for standard input');
    const linted = lintText(await readTyped(file), {
      hipaaMode: typed.flags.has('hipaa'),
      isWorker: typed.flags.has('worker'),
    });
    if (linted.kind === 'unreadable') throw new UsageError(`${file}: ${linted.why}`);
    const counts = levelCounts(linted.findings);
    if (typed.flags.has('json')) print(JSON.stringify({ is: linted.is, ...counts, findings: linted.findings }));
    else {
      const lines = isTerminal ? lintLines(linted.findings) : plainLintLines(linted.findings);
      print(colours.bold(`${printable(file)}: ${linted.is}, ${levelCountsText(counts)}`));
      for (const line of lines) print(line);
    }
    return isBad(counts, typed.flags) ? exitCodes.notGood : exitCodes.done;
  },
};
