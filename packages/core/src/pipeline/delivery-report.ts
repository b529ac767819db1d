/** What was given up, and why. */
export interface Drop {
  /** Span or event ids. */
  readonly ids: readonly string[];
  readonly reason: string;
}

/** accepted = delivered + filtered + dropped + pending, at any moment; what stands below is told beside it. */
export interface DeliveryReport {
  readonly accepted: number;
  readonly delivered: number;
  /** Left out by the route's sampling. */
  readonly filtered: number;
  /** The destination will never take it. */
  readonly dropped: number;
  readonly pending: number;
  /** Facts that came after their span had left. */
  readonly late: number;
  /** Sent again after an attempt whose answer was lost. */
  readonly maybeDuplicate: number;
  /** Entries of the record that this exporter has still to read: what is in them is not yet accepted. */
  readonly unread: number;
  /** Entries that were gone before this exporter could read them: taken by the bound of the journal, or by a disk that fails. */
  readonly missed: number;
  /** The latest that were dropped, at most ten. */
  readonly drops: readonly Drop[];
  /** Why the last attempt failed, or why the journal cannot be read for it; null as soon as that succeeds. */
  readonly failure: Error | null;
  /** Why it was not found, or cannot be kept, how far this exporter has got: more is sent again. Null: it is known. */
  readonly cursorFailure: Error | null;
}
