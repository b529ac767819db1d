import type { EventExporter } from "../pipeline/exporter.ts";
import { BoundedMap } from "../vocabulary/bounded-map.ts";
import { encode } from "./encode.ts";
import { inTurn } from "./in-turn.ts";
import type { Sink } from "./sink.ts";

/** Names of what stands in a file; what is forgotten is written once more. */
const rememberedNames = 50_000;

/** The exporter over whatever takes text. A batch is one write; what it has told is remembered when it is there, and not before. */
export function linesTo(sink: Sink): Pick<EventExporter, "consumes" | "export"> {
  let told = new BoundedMap<string, true>(rememberedNames);
  const next = inTurn();
  return {
    consumes: "events",
    export: (batch, { signal, content }) =>
      next(async () => {
        signal.throwIfAborted();
        let tells: Iterable<string> = [];
        await sink.write((isNew) => {
          if (isNew) told = new BoundedMap(rememberedNames);
          const encoded = encode(batch, content, told);
          tells = encoded.tells;
          return encoded.text;
        });
        for (const name of tells) told.set(name, true);
      }),
  };
}
