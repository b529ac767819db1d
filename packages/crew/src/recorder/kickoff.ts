import type { Observer, OwnLabels, Scope, WorkOptions } from "@spoor/core";
import type { KickoffOptions } from "./crew-options.ts";
import { CrewRun } from "./crew-run.ts";
import { type CrewPlace, CrewScope } from "./crew-scope.ts";
import type { Body } from "./verb.ts";

/** What the crews of one recorder share. */
export interface KickoffHost {
  readonly observer: Observer;
  readonly framework: string;
  readonly known: CrewPlace["known"];
}

type Options = Partial<KickoffOptions>;
type CrewBody = Body<CrewScope, unknown>;

/** A crew that begins in work that is going on: a part of that turn. */
export function kickoffIn(
  { known }: KickoffHost,
  above: Scope,
  name: string,
  options: Options,
  body?: CrewBody,
): unknown {
  const crew = (scope: Scope): CrewScope =>
    new CrewScope(scope, {
      run: new CrewRun(scope.key),
      name,
      above: known.get(above) ?? null,
      turn: null,
      known,
    });
  const { id } = options;
  // Whoever passes one id on to all crews of a request does not mean the turn around them.
  const key = id === undefined ? {} : { key: JSON.stringify(["kickoff", above.key, id]) };
  const work = { ...workOf(options), ...key };
  return body
    ? above.work("workflow", name, work, (scope) => body(crew(scope)))
    : crew(above.work("workflow", name, work));
}

/** A crew that is a turn of its own. The turn is what the conversation sees of it, and the crew at work lies in it. */
export function kickoffAlone(
  { observer, framework, known }: KickoffHost,
  name: string,
  options: Options,
  body?: CrewBody,
): unknown {
  const { id, session: thread, structure: _structure, under: _under, ...turn } = options;
  const session = observer.session({
    framework,
    ...(thread === undefined ? {} : { id: thread }),
    ...labelsIn(options),
  });
  const said = {
    name,
    ...(options.resumes === undefined ? { trigger: "kickoff" } : {}),
    ...turn,
    ...(id === undefined ? {} : { key: id }),
  };
  const crew = (turnScope: Scope, scope: Scope): CrewScope =>
    new CrewScope(scope, {
      run: new CrewRun(turnScope.key),
      name,
      above: null,
      turn: turnScope,
      known,
    });
  const work = (turnScope: Scope): WorkOptions => ({
    ...workOf(options),
    key: JSON.stringify([turnScope.key]),
  });
  if (body)
    return session.turn(said, (turnScope) =>
      turnScope.work("workflow", name, work(turnScope), (scope) => body(crew(turnScope, scope))),
    );
  const turnScope = session.turn(said);
  return crew(turnScope, turnScope.work("workflow", name, work(turnScope)));
}

function workOf({ input, structure, at }: Options): WorkOptions {
  return {
    ...(input === undefined ? {} : { input }),
    ...(structure === undefined ? {} : { native: structure }),
    ...(at === undefined ? {} : { at }),
  };
}

const labelNames = [
  "userId",
  "feature",
  "tags",
  "environment",
  "release",
  "agentVersion",
] as const satisfies readonly (keyof OwnLabels)[];

/** Said of the session as well: whose it is decides under which key its content lies. */
function labelsIn(options: Options): OwnLabels {
  const said = labelNames.flatMap((name) =>
    options[name] === undefined ? [] : [[name, options[name]]],
  );
  return Object.fromEntries(said) as OwnLabels;
}
