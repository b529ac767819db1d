/** What the user gave cannot be used. Its message is the one sentence that is printed; the exit code is 2. */
export class BadInput extends Error {
  override readonly name = "BadInput";
}
