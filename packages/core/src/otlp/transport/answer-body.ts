/** More than any reason needs. */
const mostBytes = 64 * 1024;
/** The status has come: what it is about may take so long. */
const patienceMs = 1_000;

/**
 * The beginning of what an answer says, as text; empty where it cannot be read. Never rejects, and comes to an end whatever the other side does: the
 * status has said already what became of the request.
 */
export async function beginningOf({ body }: Response): Promise<string> {
  if (!body) return "";
  const reader = body.getReader();
  const cancel = (): void => void reader.cancel().catch(ignoreFailedCancel);
  const timer = setTimeout(cancel, patienceMs);
  const decoder = new TextDecoder();
  let text = "";
  let left = mostBytes;
  try {
    while (left > 0) {
      const { value, done } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value.subarray(0, left), { stream: true });
      left -= value.byteLength;
    }
    return text;
  } catch {
    return "";
  } finally {
    clearTimeout(timer);
    cancel();
  }
}

/** The connection is gone either way. */
function ignoreFailedCancel(_error: unknown): void {
  return;
}
