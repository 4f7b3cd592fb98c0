import { exitCodes } from '../command.ts';
import type { Command, CommandNeeds, ExitCode } from '../command.ts';
import { isBad, levelCounts, levelCountsText } from '../lint/level-counts.ts';
import { lintLines, plainLintLines } from '../lint/lint-lines.ts';
import { patientWorkers } from './patient-workers.ts';
import type { Finding } from '../../lambdas/shared/domain/insights/finding.ts';
import { lintRoster } from '../../lambdas/shared/domain/insights/lint-roster.ts';
import { lintWorkerAttributes } from '../../lambdas/shared/domain/insights/lint-worker-attributes.ts';
import { finding } from '../../lambdas/shared/domain/insights/rules.ts';
import { secretFindings } from '../../lambdas/shared/domain/insights/secret-findings.ts';
import { withoutSecrets } from '../../lambdas/shared/domain/secrets-in-attributes.ts';
import { parseTaskAttributes } from '../../lambdas/shared/domain/task-attributes.ts';
import type { WorkerResource } from '../../lambdas/shared/ports/workers.ts';
import { printable } from '../../local/terminal/printable.ts';
import { counted } from '../../local/terminal/words.ts';

/** `workers lint`: what Insights would lose or mix up of the agents of the workspace. */
export const workersLint: Command = {
  name: 'workers lint',
  usage: '',
  summary: "what Flex Insights would lose or mix up of the workspace's agents",
  options: {
    strict: { kind: 'flag', help: 'exit 1 for warnings too' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'Every worker of the workspace is read at Twilio and looked at alone (keys, types, lengths, names without their ids,',
    'secrets) and beside the others: two with one phone number, those without team_id or department_id. Nothing is',
    'changed. Exits 1 when there are errors. docs/insights.md explains every rule. Values are shown, so mind where the',
    'answer goes; what looks like a credential is not.',
  ],
  async run({ typed, connect, print, progress, pause, isTerminal, colours }: CommandNeeds): Promise<ExitCode> {
    const connection = await connect();
    progress.show([`reading the workers of ${printable(connection.name)}`]);
    const patient = patientWorkers(connection.workers, { pause, tell: (text) => progress.show([text]) });
    const workers = await patient.list();
    progress.end();
    const findings = findingsOf(workers);
    const counts = levelCounts(findings);
    if (typed.flags.has('json')) print(JSON.stringify({ workers: workers.length, ...counts, findings }));
    else {
      const workerCount = counted(workers.length, 'worker');
      print(colours.bold(`${workerCount} of ${printable(connection.name)}: ${levelCountsText(counts)}`));
      for (const line of isTerminal ? lintLines(findings) : plainLintLines(findings)) print(line);
    }
    return isBad(counts, typed.flags) ? exitCodes.notGood : exitCodes.done;
  },
};

/** Paths begin with the worker's friendly name. */
function findingsOf(workers: readonly WorkerResource[]): readonly Finding[] {
  const read = workers.map(({ friendlyName, attributes }) => ({
    name: friendlyName,
    parsed: parseTaskAttributes(attributes),
  }));
  const own = read.flatMap(({ name, parsed }) =>
    (parsed.kind === 'unreadable'
      ? [finding('not-an-object', { path: 'attributes' }, `Of this worker nothing can be read: ${parsed.why}.`)]
      : [...secretFindings(parsed.attributes), ...lintWorkerAttributes(withoutSecrets(parsed.attributes).value)]
    ).map((one) => ({ ...one, path: `${name}.${one.path}` })),
  );
  const roster = read.flatMap(({ name, parsed }) =>
    parsed.kind === 'object' ? [{ name, attributes: parsed.attributes }] : [],
  );
  return [...own, ...lintRoster(roster)];
}
