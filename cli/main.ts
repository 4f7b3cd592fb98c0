import { join } from 'node:path';
import { stderr, stdout } from 'node:process';
import { connect } from './connect.ts';
import { runCli } from './run-cli.ts';
import { endWithReader } from '../local/terminal/closed-pipe.ts';
import { screenOf } from '../local/terminal/screen.ts';

for (const stream of [stdout, stderr]) endWithReader(stream, (code) => process.exit(code));

process.exitCode = await runCli({
  typed: process.argv.slice(2),
  stdout: screenOf(stdout),
  stderr: screenOf(stderr),
  noColor: process.env['NO_COLOR'],
  environment: process.env,
  now: () => new Date(),
  connect: (typed) => connect(typed, join(import.meta.dirname, '..'), () => new Date()),
});
