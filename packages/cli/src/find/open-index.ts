import type { Search } from "@spoor/core/search";
import type { Io } from "../io.ts";
import { warn } from "../printing/output.ts";

/** The index of a journal, up to date. What is not as usual with it is said. */
export async function openIndex(folder: string, io: Io): Promise<Search> {
  const { openSearch } = await import("@spoor/core/search");
  return openSearch(folder, {
    notice: ({ kind, reason }) => {
      if (kind === "made anew") warn(io, `the index of the journal was made anew: ${reason}`);
      else warn(io, `no index can be kept beside the journal, so this takes longer: ${reason}`);
    },
  });
}
