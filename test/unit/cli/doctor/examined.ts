import { allChecks } from '../../../../cli/doctor/checks/all-checks.ts';
import { examine } from '../../../../cli/doctor/examine.ts';
import type { Examined } from '../../../../cli/doctor/examine.ts';
import { findingLines } from '../../../../cli/doctor/finding-lines.ts';
import { patientOf } from '../../../../cli/doctor/patient/patient-of.ts';
import type { Patient } from '../../../../cli/doctor/patient/patient.ts';
import type { Installation } from '../../../../cli/installation.ts';
import { accountSid, workspaceSid } from '../../../../lambdas/shared/domain/sids.ts';
import { Secret } from '../../../../lambdas/shared/runtime/secret.ts';
import { readStage } from '../../../../lib/stage-settings.ts';
import type { Stage } from '../../../../lib/stage-settings.ts';
import { stages } from '../../../../lib/stages.ts';
import { coloursFor } from '../../../../local/terminal/colours.ts';
import { startTwilio } from '../../../../local/twilio/start-twilio.ts';
import type { TwilioSimulator } from '../../../../local/twilio/simulator.ts';
import { inMemoryArchive } from '../../../support/fakes/in-memory-archive.ts';
import type { InMemoryArchive } from '../../../support/fakes/in-memory-archive.ts';
import { inMemoryLedger } from '../../../support/ledger/in-memory-ledger.ts';
import type { InMemoryLedger } from '../../../support/ledger/in-memory-ledger.ts';
import { handClock } from '../../../support/twilio/hand-clock.ts';
import { fakeConnection } from '../fake-connection.ts';
import { startFarEnd } from './far-end.ts';
import type { FarEnd } from './far-end.ts';
import { readFileSync } from 'node:fs';

export const stage = readStage(stages, 'dev');
export const account = accountSid(stage.twilio.accountSid);
export const workspace = workspaceSid(stage.twilio.workspaceSid);
export const authToken = 'the-auth-token';
export const apiKey = { apiKeySid: `SK${'5'.repeat(32)}`, apiKeySecret: 'an-api-key-secret' };
/** 20 November 2026, at noon, UTC. */
export const noon = Date.UTC(2026, 10, 20, 12);

type TwilioSecretValue = ReturnType<Awaited<ReturnType<Patient['connection']['twilioSecret']['current']>>['reveal']>;

export const goodSecret: TwilioSecretValue = {
  accountSid: account,
  ...apiKey,
  authTokens: { [account]: { current: authToken } },
};

const goodInstallation: Partial<Installation> = {
  linkKeyIds: async () => ({ signingKeyId: 'k1', keyIds: ['k1'] }),
  recordingKeys: async () => [],
  calabrioUrl: 'http://127.0.0.1:9',
  isVersioned: async () => true,
  canLock: async () => true,
  putAside: async () => 0,
};

/** What differs from an installation that is well. */
export interface Ailment {
  readonly secret?: TwilioSecretValue | Error;
  readonly stage?: Partial<Stage>;
  readonly installation?: Partial<Installation>;
  readonly nowMs?: number;
  readonly publicUrl?: string | undefined;
  readonly flexToken?: string;
  readonly addresses?: readonly string[];
  readonly ask?: Patient['ask'];
}

/** A simulated Twilio account, a pipeline as it looks from outside, and a ledger. */
export interface Ward {
  readonly twilio: TwilioSimulator;
  readonly ledger: InMemoryLedger;
  readonly archive: InMemoryArchive;
  readonly farEnd: FarEnd;
  advance(seconds: number): Promise<void>;
  patient(ailment?: Ailment): Patient;
  /** What a person reads of this check. */
  diagnose(name: string, ailment?: Ailment): Promise<string>;
  diagnoseWith(name: string, patient: Patient): Promise<string>;
  close(): Promise<void>;
}

export async function openWard(): Promise<Ward> {
  const clock = handClock(noon);
  const twilio = await startTwilio({ clock, accountSid: account, workspaceSid: workspace, ...apiKey, authToken });
  const ledger = inMemoryLedger();
  const archive = inMemoryArchive();
  const farEnd = await startFarEnd(ledger, authToken, () => new Date(clock.now()));
  const advance = async (seconds: number): Promise<void> => {
    clock.advance(seconds * 1000);
    await twilio.settled();
  };
  const patient = (ailment: Ailment = {}): Patient => {
    const secret = async () => {
      const value = ailment.secret ?? goodSecret;
      if (value instanceof Error) throw value;
      return new Secret(value);
    };
    const aside = { putAside: async (of: string) => (of === 'quarantine' ? farEnd.quarantined() : 0) };
    const fake = fakeConnection({
      ...{ ledger, archive, queueDepth: farEnd.waiting, twilioSecret: { current: secret, fresh: secret } },
      installation: { ...goodInstallation, ...aside, ...ailment.installation },
      ...('publicUrl' in ailment
        ? ailment.publicUrl !== undefined && { publicUrl: ailment.publicUrl }
        : { publicUrl: farEnd.url }),
      calabrioToken: 'the-token-of-the-event-webhook',
    });
    const connection = { ...fake, twilioUrl: twilio.url, now: () => new Date(ailment.nowMs ?? clock.now()) };
    const { addresses = ['192.0.2.1'], ask } = ailment;
    const made = patientOf(
      connection,
      { ...stage, ...ailment.stage },
      {
        pause: advance,
        progress: { line: () => undefined, show: () => undefined, end: () => undefined },
        typed: { flags: new Set(), texts: new Map(), words: [] },
        readTyped: async (path) => readFileSync(path, 'utf8'),
        flexToken: ailment.flexToken,
      },
    );
    return { ...made, addressesOf: async () => addresses, ...(ask !== undefined && { ask }) };
  };
  return {
    ...{ twilio, ledger, archive, farEnd, advance, patient },
    diagnose: (name, ailment) => diagnosis(name, patient(ailment)),
    diagnoseWith: diagnosis,
    async close() {
      await Promise.all([twilio.stop(), farEnd.close()]);
    },
  };
}

async function diagnosis(name: string, patient: Patient): Promise<string> {
  const check = allChecks.find((one) => one.name === name);
  if (check === undefined) throw new Error(`no check is called ${name}`);
  const examined: Examined[] = [];
  await examine([check], patient, { report: (one) => void examined.push(one), underWay: () => undefined });
  const lines = examined.flatMap((one) => findingLines(one, coloursFor({ isTty: false, noColor: '1' })));
  return lines
    .map((line) => line.trim())
    .join(' ')
    .replace(/ +/g, ' ');
}
