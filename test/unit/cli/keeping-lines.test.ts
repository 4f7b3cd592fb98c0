import { keepingLines } from '../../../cli/keeping-lines.ts';

const at = (day: number): Date => new Date(`2026-11-${day}T10:00:00Z`);
const none = { holds: [], erasure: { state: 'none' } } as const;

describe('how a copy is kept, for people', () => {
  it('is nothing while nothing was decided and S3 was told nothing', () => {
    expect(keepingLines(none)).toEqual([]);
  });

  it('is its class, its time, its lock and what S3 was told', () => {
    const lock = { mode: 'governance', dueAt: at(13), until: at(30) } as const;
    const retention = { className: 'regulated', decidedAt: at(10), until: at(30), lock };

    expect(keepingLines({ ...none, retention })).toEqual([
      expect.stringMatching(/class +regulated$/),
      expect.stringMatching(/kept +until 2026-11-30T10:00:00\.000Z$/),
      expect.stringMatching(/lock +governance, until 2026-11-30T10:00:00\.000Z$/),
      expect.stringMatching(/is put on +2026-11-13T10:00:00\.000Z$/),
      expect.stringMatching(/S3 knows +nothing of it yet$/),
    ]);
    const locked = { ...retention, lock: { ...lock, lockedAt: at(14) } };
    const kept = { className: 'regulated', isHeld: true, at: at(15) };
    expect(keepingLines({ ...none, retention: locked, kept }).slice(3)).toEqual([
      expect.stringMatching(/locked +2026-11-14T10:00:00\.000Z$/),
      expect.stringMatching(/regulated, held, since 2026-11-15T10:00:00\.000Z$/),
    ]);
  });

  it('is for ever and without a lock where nothing else was decided', () => {
    const lines = keepingLines({ ...none, retention: { className: 'standard', decidedAt: at(10) } });

    expect(lines.slice(1, 3)).toEqual([expect.stringMatching(/for ever$/), expect.stringMatching(/none$/)]);
  });
});
