import { randomUUID } from 'node:crypto';
import type { Check } from '../check.ts';
import { CannotLookError, failed, ok, skipped } from '../finding.ts';
import { sendFormProbe, sendProbe } from '../patient/probe.ts';
import type { Probed } from '../patient/probed.ts';
import { counted } from '../../../local/terminal/words.ts';
import { acceptedContentTypes } from '../../../lib/constructs/envelope-template.ts';

/** A probe is waited for, for a minute. */
const probeLimitSeconds = 100;

const health: Check = {
  name: 'health',
  area: 'gateway',
  async run({ ask, publicUrl }) {
    const url = `${publicUrl()}/health`;
    const { status } = await ask({ method: 'GET', url });
    return status === 200
      ? ok(`${url} answers 200`)
      : failed(`${url} answers ${status}`, 'deploy the pipeline stack, and look where that host name leads');
  },
};

const signedProbe: Check = {
  name: 'signed probe',
  area: 'gateway',
  limitSeconds: probeLimitSeconds,
  async run(patient) {
    const { answer, end } = await patient.firstProbe();
    if (end.kind === 'proved') return ok('what the token of the secret signs comes out proved');
    if (end.kind === 'refused')
      return failed(
        `the gateway answers ${answer.status}`,
        'look where that URL leads, and at the gateway-… alarms of docs/runbook.md',
      );
    if (end.kind === 'put-aside')
      return failed(
        `the probe was taken and lies in quarantine: over ${patient.publicUrl()} its signature is not proved`,
        'the functions prove over another URL, or with another token: deploy again, or wait 5 minutes after a change of the secret',
      );
    const waiting = await patient.connection.queueDepth('enrich-task');
    return failed(
      `the probe was taken and did not come out within a minute; ${counted(waiting, 'message')} on the queue of enrich-task`,
      "look into enrich-task's log: it is throttled, cannot read its secret, or has an older version",
    );
  },
};

/** One for each content type of the templates, with charset and without. */
const contentTypes: readonly Check[] = acceptedContentTypes.map((type) => ({
  name: `probe as ${type}`,
  area: 'gateway',
  limitSeconds: 2 * probeLimitSeconds,
  async run(patient) {
    if ((await patient.firstProbe()).end.kind !== 'proved')
      return skipped('the signed probe did not come out, and this one would be put aside as well');
    const variants = [type, `${type}; charset=utf-8`];
    const probed = await Promise.all(
      variants.map(async (variant) => ({ variant, ...(await sendProbe(patient, variant)) })),
    );
    const faults = probed.flatMap(({ variant, ...one }) => faultOf(variant, one));
    return faults.length === 0
      ? ok('é😀 comes out as it went in, with charset and without')
      : failed(
          faults.join('; '),
          'the template of that content type is missing or changes bytes: deploy the pipeline stack again',
        );
  },
}));

function faultOf(variant: string, { answer, end }: Probed): readonly string[] {
  if (end.kind === 'refused') return [`"${variant}" is answered with ${answer.status}`];
  if (end.kind !== 'proved') return [`"${variant}" is taken and does not come out proved`];
  return end.test.contentType === variant ? [] : [`"${variant}" comes out as "${end.test.contentType}"`];
}

/** Nothing at the far end tells of it: an event that is none of TaskRouter's leaves no trace but a line in the log. */
const form: Check = {
  name: 'form probe',
  area: 'gateway',
  limitSeconds: probeLimitSeconds,
  async run(patient) {
    if ((await patient.firstProbe()).end.kind !== 'proved')
      throw new CannotLookError('the signed probe did not come out, and this one would be put aside as well');
    const { status } = await sendFormProbe(patient);
    return status === 204
      ? ok('a form on /twilio/task-events is taken (204); that it is proved cannot be seen from here')
      : failed(`a form on /twilio/task-events is answered with ${status}`, 'deploy the pipeline stack again');
  },
};

/** What the authorizer answers where it cannot read its secret. */
const notChecked = 'caller-not-checked';

/** A token that nobody has, and never the same: an authorizer remembers what it said of one. */
const messages: Check = {
  name: 'messages',
  area: 'gateway',
  async run({ ask, publicUrl, stage }) {
    if (stage.outboundSms === undefined) return skipped('the stage has nobody send messages');
    const { status, body } = await ask({
      method: 'POST',
      url: `${publicUrl()}/messages/sms`,
      headers: { Authorization: `Bearer doctor-${randomUUID()}`, 'Content-Type': 'application/json' },
      body: '{}',
    });
    if (status === 401) return ok('a token that nobody has is refused (401)');
    const what = `a token that nobody has is answered with ${status}`;
    if (body.includes(notChecked))
      return failed(
        `${what}: the tokens of the callers cannot be read, and nobody can send`,
        'fill the sms-callers secret (docs/deploy.md, 10)',
      );
    return failed(
      what,
      'wanted is 401: look at the gateway-… alarms of docs/runbook.md, and deploy the pipeline stack',
    );
  },
};

export const gatewayChecks: readonly Check[] = [health, signedProbe, ...contentTypes, form, messages];
