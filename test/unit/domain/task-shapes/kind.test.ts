import { sids } from '../../../support/example-sids.ts';
import { read } from './read-fixture.ts';

const recording = `https://api.twilio.com/2010-04-01/Accounts/${sids.account()}/Recordings/${sids.recording(1)}`;
const voiceCall = { call_sid: sids.call(1) };

describe('a task’s shape and medium', () => {
  it.each<[string, string, object, string | undefined]>([
    ['inbound-call', 'voice', voiceCall, 'voice'],
    ['inbound-call', 'voice', voiceCall, 'default'],
    ['outbound-call', 'voice', { ...voiceCall, direction: 'outbound-api' }, 'voice'],
    ['outbound-call', 'voice', { name: 'outgoing', targetWorker: 'client:ada' }, undefined],
    ['snake-case', 'voice', { rd: {}, conversations: { segment_link: recording } }, undefined],
    ['chat', 'chat', { conversationSid: sids.conversation(1) }, undefined],
    ['chat', 'chat', { channelType: 'whatsapp', channelSid: sids.conversation(1) }, 'chat'],
    ['sms', 'sms', { channelType: 'sms', channelSid: sids.conversation(1) }, 'chat'],
    ['sms', 'sms', {}, 'sms'],
    ['email', 'email', { channelSid: sids.conversation(1) }, 'email'],
    ['email', 'email', { name: 'ada@example.com' }, undefined],
    ['follow-up', 'other', { name: 'ada@example.com' }, 'follow-up'],
    ['follow-up', 'other', { parentTaskSid: sids.task(1) }, undefined],
    ['primary', 'other', { task_channel_sid: null }, undefined],
    ['generic', 'voice', { type: 'call', contact: '+12025550143' }, undefined],
    ['snake-case', 'voice', { rd: {}, ...voiceCall }, 'voice'],
    ['email-create-body', 'sms', { taskChannel: 'sms', attributes: { name: 'Ada Example' } }, 'default'],
    ['unknown', 'other', { colour: 'red' }, 'default'],
    ['unknown', 'other', {}, undefined],
  ])('is %s by %s of %j in channel %s', (shape, medium, attributes, channel) => {
    expect(read({ ...attributes }, channel).task).toMatchObject({ shape, medium });
  });

  it('gives a call its direction where nobody says it', () => {
    expect(read(voiceCall).task.direction).toBe('inbound');
    expect(read({ name: 'outgoing' }).task.direction).toBe('outbound');
    expect(read({ channelType: 'sms' }).task.direction).toBeUndefined();
  });
});
