import process from "node:process";
import type { DiskCall } from "./faulty-disk.fixture.ts";

const codes = ["EIO", "ENOSPC"] as const;

/** With what each call fails: by default with one, in turns, since nothing here asks which; in a soak with each of them. */
export function codesOf(
  calls: readonly DiskCall[],
): readonly (readonly [call: DiskCall, code: string])[] {
  return calls.flatMap((call, index) =>
    codes.flatMap((code, turn) =>
      process.env["SPOOR_SOAK"] || index % codes.length === turn ? [[call, code] as const] : [],
    ),
  );
}
