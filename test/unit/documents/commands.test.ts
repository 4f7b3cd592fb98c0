import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../../../cli/command.ts';
import { runCli } from '../../../cli/run-cli.ts';
import { UnreachableError } from '../../../cli/unreachable-error.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(repository, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** What a reader puts for the placeholders. */
const examples: readonly (readonly [RegExp, string])[] = [
  [/<(any |task )?sid>/i, `WT${'0'.repeat(32)}`],
  [/<(recording |RE )sid>/i, `RE${'0'.repeat(32)}`],
  [/<your name>/, 'grace'],
  [/<target>/, 'warehouse'],
  [/<day>/, '2026-11-19'],
  [/…/g, 'text'],
  [/<queue>/, 'enrich-task'],
  [/<stage>/, 'dev'],
  // What `twilio export` has written.
  [/--config config\/taskrouter-\w+\.json/, '--config config/taskrouter.json'],
  [/<sealed\.wav\.enc>/, 'test/fixtures/encryption/tiny-2048.wav.enc'],
  [/<envelope\.json>/, 'test/fixtures/encryption/tiny-2048.envelope.json'],
  // One that does not fit: nothing is written by showing a command.
  [/<private\.pem>/, 'test/fixtures/encryption/stranger.pem'],
  [/<sound\.wav>/, 'sound.wav'],
  [/<?\broster\.csv\b>?/, 'test/fixtures/workers/roster.csv'],
  [/<?\b(events?\.(nd)?json|file)\b>?/, 'test/fixtures/tasks/inbound-call.json'],
];

/** Commands that judge a file and ask no pipeline. */
const withoutPipeline = /^(lint|enrich|identity|recording decrypt) /;

const shown = documents.flatMap((document) => [...commandsIn(document)].map((words) => ({ document, words })));

function commandsIn(document: string): ReadonlySet<string> {
  const text = readFileSync(join(repository, document), 'utf8');
  return new Set([...text.matchAll(/npm run cli -- ([^`|\n]+)/g)].map(([, words = '']) => words.trim()));
}

/** The words that a shell hands over; fails for a line of which it would make something else. */
function asAShellReads(line: string): readonly string[] {
  expect(line.replaceAll(/'[^']*'/g, '')).not.toMatch(/["'{}$*?;&()\\]/);
  return [...line.matchAll(/(?:'[^']*'|[^' ])+/g)].map(([word]) => word.replaceAll("'", ''));
}

/** Types it; every connection fails, so that `unreachable` means: understood, and about to ask the pipeline. */
async function type(words: string) {
  const typed = examples.reduce((text, [placeholder, example]) => text.replace(placeholder, example), words);
  const stages: (string | undefined)[] = [];
  const screen = { isTty: false, columns: 80, write: () => undefined };
  const code = await runCli({
    typed: asAShellReads(typed),
    stdout: screen,
    stderr: screen,
    noColor: undefined,
    now: () => new Date('2026-11-20T08:00:00Z'),
    connect: async ({ texts }) => {
      stages.push(texts.get('stage'));
      throw new UnreachableError('not in this test');
    },
  });
  return { code, stages };
}

describe.each(shown)('$document: npm run cli -- $words', ({ document, words }) => {
  it('is a command that there is, with words and options that it takes', async () => {
    const { code, stages } = await type(words);

    if (withoutPipeline.test(words)) {
      expect([exitCodes.done, exitCodes.notGood]).toContain(code);
      expect(stages).toEqual([]);
    } else if (words === '--help') expect(code).toBe(exitCodes.done);
    else {
      // Those that a script asks for a difference exit 1 whatever went wrong.
      expect([exitCodes.unreachable, exitCodes.notGood]).toContain(code);
      expect(stages).toHaveLength(1);
    }
  });

  // README shows the local cloud; every other document speaks of AWS.
  if (document !== 'README.md' && words !== '--help' && !withoutPipeline.test(words))
    it('names the stage that it asks', async () => {
      expect((await type(words)).stages).toEqual(['dev']);
    });
});

it('README and the runbook show commands', () => {
  expect(shown.map(({ document }) => document)).toEqual(expect.arrayContaining(['README.md', 'docs/runbook.md']));
});
