/** Where a state was told. */
export interface StatePlace {
  readonly thread: string;
  /** A question or an answer: the last of a list is told even if it was told before. */
  readonly showsLast: boolean;
}
