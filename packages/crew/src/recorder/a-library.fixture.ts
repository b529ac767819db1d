import type { CrewRecorder } from "./crew-recorder.ts";
import type { CrewScope } from "./crew-scope.ts";

interface About<Type extends string> {
  readonly type: Type;
  readonly run: string;
  /** By the library's own clock. */
  readonly ms: number;
}
interface AboutTask<Type extends string> extends About<Type> {
  readonly task: string;
}

/** What some library tells its listeners: ids and times, and nothing that could be wrapped around a body. */
export type Told =
  | (About<"run started"> & { readonly team: string })
  | (About<"run ended"> & { readonly result: string })
  | (AboutTask<"task started"> & { readonly expected: string; readonly attempt?: number })
  | (AboutTask<"task ended"> & { readonly result: string })
  | AboutTask<"thought">;

/** All that an adapter for it takes. */
export function listener(crews: CrewRecorder): (told: Told) => void {
  const runs = new Map<string, CrewScope>();
  return (told) => {
    const at = { ms: told.ms };
    if (told.type === "run started") {
      const { run, team } = told;
      runs.set(run, crews.kickoff(team, { id: run, session: "conversation", under: null, at }));
      return;
    }
    const crew = runs.get(told.run);
    const task = "task" in told ? crew?.find(told.task) : null;
    switch (told.type) {
      case "run ended":
        crew?.end(told.result, { at });
        break;
      case "task started": {
        const { task: id, expected, attempt = 1 } = told;
        crew?.task(id, { id, expected, attempt, at });
        break;
      }
      case "task ended":
        task?.end(told.result, { at });
        break;
      case "thought":
        task?.model("small", { at }).end("hm", { at: { ms: told.ms + 5 } });
        break;
      default:
        told satisfies never;
    }
  };
}
