import { enrich, openDeadlines, wantedAttributes } from '../../../lambdas/shared/domain/default-rules.ts';
import { attributeFacts } from '../../../lambdas/shared/domain/task-attributes.ts';
import type { TaskEventType } from '../../../lambdas/shared/domain/task-event.ts';
import { handledEventTypes } from '../../../lambdas/shared/domain/task-event.ts';
import { sids } from '../../support/example-sids.ts';

const root = sids.task(1);
const german = attributeFacts({ rd: { spoken_language_required: 'de' } });

describe('the deadlines that an event leaves open', () => {
  it('are both only when the task is created, because identity is read before the first segment ends', () => {
    const withIdentity = handledEventTypes.filter((type) => openDeadlines(type).includes('identity'));

    expect(withIdentity).toEqual(['task.created']);
  });

  it.each<TaskEventType>([
    'reservation.completed',
    'task.completed',
    'task.canceled',
    'task.deleted',
    'task.system-deleted',
  ])('are none at %s, when the attributes have been read', (type) => {
    expect(openDeadlines(type)).toEqual([]);
  });
});

describe('the default rules', () => {
  it('put a child task into its chain’s conversation and say the language that routing asked for', () => {
    expect(wantedAttributes(german, root, ['identity', 'segment'])).toEqual([
      { key: 'conversation_id', value: root },
      { key: 'language', value: 'de' },
    ]);
  });

  it('want no conversation for a task without parent', () => {
    expect(wantedAttributes(attributeFacts({}), undefined, ['identity', 'segment'])).toEqual([]);
  });

  it('want nothing whose deadline has passed', () => {
    expect(wantedAttributes(german, root, ['segment'])).toEqual([{ key: 'language', value: 'de' }]);
    expect(wantedAttributes(german, root, [])).toEqual([]);
  });
});

describe('an enrichment', () => {
  const wanted = wantedAttributes(german, root, ['identity', 'segment']);

  it('fills what is null', () => {
    const attributes = { conversations: { conversation_id: null, language: null } };

    expect(enrich(attributes, wanted, 'fill').attributes).toEqual({
      conversations: { conversation_id: root, language: 'de' },
    });
  });

  it('fills what is empty, and leaves what is there', () => {
    const attributes = {
      name: 'Ada Example',
      conversations: { conversation_id: '', language: 'fr', campaign: 'spring' },
    };

    expect(enrich(attributes, wanted, 'fill')).toEqual({
      attributes: {
        name: 'Ada Example',
        conversations: { conversation_id: root, language: 'fr', campaign: 'spring' },
      },
      paths: ['conversations.conversation_id'],
    });
  });

  it('with `overwrite` replaces what differs, and nothing else', () => {
    const attributes = { conversations: { conversation_id: root, language: 'fr' } };

    expect(enrich(attributes, wanted, 'overwrite')).toEqual({
      attributes: { conversations: { conversation_id: root, language: 'de' } },
      paths: ['conversations.language'],
    });
  });

  it.each([
    ['a text', 'abc'],
    ['a list', [1]],
    ['a number', 7],
  ])('merges nothing where conversations is %s', (_what, conversations) => {
    expect(enrich({ conversations }, wanted, 'overwrite')).toEqual({ attributes: { conversations }, paths: [] });
  });
});
