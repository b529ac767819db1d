/** Null where the text is not JSON: a torn or foreign file is nothing to fail on. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
