/** What a review task takes over from the task it reviews: the ids and the language, no person's name or number. */
export const reviewRdKeys = [
  'call_detail_id',
  'client_id',
  'community_group_id',
  'community_id',
  'contact_center_id',
  'lead_id',
  'resident_id',
  'spoken_language_required',
] as const;

export type ReviewRd = { readonly [Key in (typeof reviewRdKeys)[number]]?: string | number };

/** What of a canonical `rd` goes along: texts that say something and numbers, under their own names. */
export function reviewRdOf(rd: Readonly<Record<string, unknown>>): ReviewRd {
  return Object.fromEntries(
    reviewRdKeys.flatMap((key) => {
      const value = rd[key];
      const isKept = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
      return isKept ? [[key, value]] : [];
    }),
  );
}
