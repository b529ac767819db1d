/** Orders spans so that two lists of them can be compared. */
export const bySpan = (
  one: { readonly spanId: string },
  other: { readonly spanId: string },
): number => inOrder(one.spanId, other.spanId);

export const bySession = (
  one: { readonly sessionId: string },
  other: { readonly sessionId: string },
): number => inOrder(one.sessionId, other.sessionId);

const inOrder = (one: string, other: string): number => (one < other ? -1 : 1);
