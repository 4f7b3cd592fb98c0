/** Takes numbers that are graphed and alarmed. Must not throw; nothing in a measure names a call or a person. */
export interface Meter {
  measure(measure: {
    readonly outcome: string;
    readonly name: string;
    readonly unit: 'Count' | 'Seconds' | 'Bytes';
    readonly value: number;
  }): void;
}
