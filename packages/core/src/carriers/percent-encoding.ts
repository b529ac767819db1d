/** What baggage must encode, and `=`, at which some readers split. Runs of it, so that surrogate pairs stay together. */
const unsafe = /[^\x21\x23\x24\x26-\x2b\x2d-\x3a\x3c\x3e-\x5b\x5d-\x7e]+/g;

/** Any text as visible ASCII. Half a surrogate pair has no bytes, and goes as U+FFFD. */
export function encodePercent(text: string): string {
  return text.toWellFormed().replaceAll(unsafe, encodeURIComponent);
}

/** Bytes that are no UTF-8 become U+FFFD, as W3C has it; a per cent sign without two digits stands for itself. */
export function decodePercent(text: string): string {
  return text.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      Uint8Array.from(run.slice(1).split("%"), (byte) => Number.parseInt(byte, 16)),
    ),
  );
}
