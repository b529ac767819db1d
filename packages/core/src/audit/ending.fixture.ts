import { createObserver } from "../observer/observer.ts";
import { audit } from "./audit.ts";
import { knownKey } from "./notes/keys.fixture.ts";
import { noteSigner } from "./notes/signer.ts";

/**
 * Records into a folder that is sealed once an hour, says so, and ends as it is told: "idle"; "stopped", never by itself; "silent", with a key
 * that never signs.
 */
const [dir = "", how = "idle"] = process.argv.slice(2);
const { key } = noteSigner(knownKey("elsewhere"));
const never = (): Promise<Uint8Array> => new Promise(() => {});
const silent = { name: "example.com/agents", key: { publicKey: key.publicKey, sign: never } };
const journal = audit({ dir, everyMs: 3_600_000, ...(how === "silent" ? silent : {}) });
const observer = createObserver({ journal });
const session = observer.session({ id: "thread 1" });
await new Promise((resolve) => setTimeout(resolve, 200));
session.turn({ name: "turn" }, () => "done");
if (how === "stopped") setInterval(() => {}, 1_000);
process.stdout.write("recorded\n");
