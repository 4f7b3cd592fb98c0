/** How many event sequences were played. */
export interface SequenceCount {
  played: number;
}
