import type { Check } from '../check.ts';
import { failed, ok, warning } from '../finding.ts';
import { counted, secondsText } from '../../../local/terminal/words.ts';
import { workerNames } from '../../../lib/naming.ts';

const quarantine: Check = {
  name: 'quarantine',
  area: 'pipeline',
  async run({ connection, command }) {
    const count = await connection.installation.putAside('quarantine');
    return count === 0
      ? ok('it is empty')
      : warning(
          `${counted(count, 'message')} of senders that were not proved`,
          `see quarantine-share in docs/runbook.md; when its cause is mended: ${command('redrive quarantine')}`,
        );
  },
};

const deadLetters: Check = {
  name: 'dead letters',
  area: 'pipeline',
  async run({ connection, command }) {
    const counts = await Promise.all(
      workerNames.map(async (name) => ({ name, count: await connection.installation.putAside(name) })),
    );
    const waiting = counts.filter(({ count }) => count > 0);
    return waiting.length === 0
      ? ok('there are none')
      : warning(
          `there are some of ${waiting.map(({ name, count }) => `${name} (${count})`).join(', ')}`,
          `see the heading …-dead-letters of each in docs/runbook.md; then ${command('redrive <queue>')}`,
        );
  },
};

/** It runs every five minutes; so much later than it should be, it does not. */
const slackMinutes = 20;

const reconcile: Check = {
  name: 'reconcile',
  area: 'pipeline',
  async run({ connection, stage, command }) {
    const control = await connection.controls.readSweepControl();
    const todo = `see reconcile-not-running in docs/runbook.md; ${command('reconcile')} runs it once`;
    if (control === undefined) return warning('it has never compared a recording of Twilio with the ledger', todo);
    const seconds = (connection.now().getTime() - control.sweptUntil.getTime()) / 1000;
    const what = `recordings until ${secondsText(seconds)} ago are compared with the ledger`;
    const isLate = seconds > (stage.sweep.settleMinutes + slackMinutes) * 60;
    return isLate ? failed(`only ${what}`, todo) : ok(what);
  },
};

const breaker: Check = {
  name: 'deletion breaker',
  area: 'pipeline',
  async run({ connection, command }) {
    const state = (await connection.controls.readDeletionControl())?.breaker;
    return state?.state === 'open'
      ? warning(
          'it is open: nothing is deleted at Twilio',
          `see deletion-breaker-opened in docs/runbook.md; ${command('breaker')}`,
        )
      : ok('it is closed');
  },
};

const reportTargets: Check = {
  name: 'report targets',
  area: 'pipeline',
  async run({ connection, command }) {
    const disabled = (await connection.controls.readTargetControl())?.disabled ?? [];
    return disabled.length === 0
      ? ok('none is disabled')
      : warning(
          `disabled: ${disabled.map(({ name }) => name).join(', ')}`,
          `see report-target-disabled in docs/runbook.md; ${command('targets')}`,
        );
  },
};

export const pipelineChecks: readonly Check[] = [quarantine, deadLetters, reconcile, breaker, reportTargets];
