import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createObserver, type JournalConfig, journalReader } from "@spoor/core";
import { audit } from "@spoor/core/audit";
import { closeComplete } from "../complete.ts";
import { mustVerify } from "../seal/must-verify.ts";
import { type MakeWay, mustBe } from "./way.ts";

type Level = NonNullable<JournalConfig["acknowledge"]>;

/** The recorder, at a level of acknowledgement. At `disk` the application flushes before it answers. */
export function recording(acknowledge: Level, { sealed }: { readonly sealed: boolean }): MakeWay {
  return (folder) => {
    const dir = join(folder, "journal");
    const journal: JournalConfig = sealed ? audit({ dir }) : { dir, maxBytes: null };
    const observer = createObserver({ journal: { ...journal, acknowledge } });
    let written = 0;
    return {
      write({ draft }) {
        observer.emit(draft);
        written += 1;
      },
      ...(acknowledge === "disk" ? { turnEnded: () => observer.flush() } : {}),
      async settled() {
        await observer.flush();
        if (!sealed) return;
        while (sealedIn(dir) < written) await pause(lookEveryMs);
      },
      close: () => closeComplete(observer),
      check(facts) {
        mustBe("entries", facts, [...journalReader(dir).entries()].length);
        if (sealed) mustVerify(dir, facts);
      },
    };
  };
}

const lookEveryMs = 20;

/** How many entries the checkpoint of the first lane speaks of: its second line. */
function sealedIn(dir: string): number {
  try {
    const note = readFileSync(join(dir, "lanes", "0", "seal", "checkpoint"), "utf8");
    return Number(note.split("\n")[1]);
  } catch {
    return 0;
  }
}
