/** Bytes that are still referred to. Twice: the first collection may leave what finalizers hold. */
export function heapInUse(): number {
  if (!globalThis.gc) throw new Error("the heap is measured with node --expose-gc");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** The most memory that this process has had so far, in MB. */
export const peakMegabytes = (): number => process.resourceUsage().maxRSS / 1_024;
