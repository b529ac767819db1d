import { expect, test } from "vitest";
import { warn } from "./output.ts";

test("a warning keeps the lines of a list, and nothing in it moves the cursor", () => {
  let stderr = "";
  const io = { stderr: { write: (text: string) => (stderr += text) } };
  warn(io, "two things\n  - \u001b]0;title\u0007one\n  - \u202etwo\u001b[2J");
  expect(stderr).toMatch(/^spoor: two things\n {2}- [ -~]*one\n {2}- {1,2}two\n$/);
});
