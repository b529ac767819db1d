/** More than any reason needs. */
const mostBytes = 64 * 1024;
/** The status has come: what it is about may take so long. */
const patienceMs = 1_000;
const nothing: Uint8Array = new Uint8Array();

/**
 * The beginning of what an answer says; empty where it cannot be read. Never rejects, and comes to an end whatever the other side does: the
 * status has said already what became of the request.
 */
export async function beginningOf({ body }: Response): Promise<Uint8Array> {
  if (!body) return nothing;
  const reader = body.getReader();
  const cancel = (): void => void reader.cancel().catch(ignoreFailedCancel);
  const timer = setTimeout(cancel, patienceMs);
  const read: Uint8Array[] = [];
  let left = mostBytes;
  try {
    while (left > 0) {
      const { value, done } = await reader.read();
      if (done) break;
      read.push(value.subarray(0, left));
      left -= value.byteLength;
    }
    return Buffer.concat(read);
  } catch {
    return nothing;
  } finally {
    clearTimeout(timer);
    cancel();
  }
}

/** The connection is gone either way. */
function ignoreFailedCancel(_error: unknown): void {
  return;
}
