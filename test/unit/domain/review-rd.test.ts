import { reviewRdOf } from '../../../lambdas/shared/domain/review-rd.ts';

describe('what a review task takes over', () => {
  it('is the ids and the language, as they are', () => {
    const rd = {
      call_detail_id: 4711,
      client_id: 12,
      community_group_id: 3,
      community_id: 5,
      contact_center_id: 1,
      lead_id: 'L-9',
      resident_id: 'R-8',
      spoken_language_required: 'es',
    };

    expect(reviewRdOf(rd)).toEqual(rd);
  });

  it('is no name, no number to dial, and nothing that says nothing', () => {
    expect(
      reviewRdOf({ lead_name: 'Ada Example', from: '+12025550143', lead_id: ' ', client_id: null, community_id: [5] }),
    ).toEqual({});
  });
});
