import type { Observer, Scope } from "@spoor/core";
import type { KickoffOptions } from "./crew-options.ts";
import { CrewRun } from "./crew-run.ts";
import { CrewScope } from "./crew-scope.ts";
import { kickoffAlone, kickoffIn, type KickoffHost } from "./kickoff.ts";
import { type Verb, verb } from "./verb.ts";

export interface CrewRecorderOptions {
  /** What the session says it was recorded from. Default: `crew`. */
  readonly framework?: string;
}

/** Records crews of any making: around the bodies of their work, or by what another library tells when it begins and ends. */
export interface CrewRecorder {
  /** A crew begins: a turn of its session, and in it the crew at work. */
  readonly kickoff: Verb<KickoffOptions, CrewScope>;
  /** The innermost work that is going on here, to record more in it; null outside of all. */
  active(): CrewScope | null;
}

/** Two observers are two records. Nothing that goes wrong in recording reaches the crew: it is counted in the observer's health. */
export function createCrewRecorder(
  observer: Observer,
  { framework = "crew" }: CrewRecorderOptions = {},
): CrewRecorder {
  const host: KickoffHost = { observer, framework, known: new WeakMap() };
  return {
    kickoff: verb((name, options, body) => {
      const above = placeOf(observer, options);
      return above
        ? kickoffIn(host, above, name, options, body)
        : kickoffAlone(host, name, options, body);
    }),
    active() {
      const scope = observer.active();
      return scope && crewScopeOf(host, scope);
    },
  };
}

/** Work that is going on, unless the crew is said to lie elsewhere, in another conversation, or to go on with a turn of its own. */
function placeOf(
  observer: Observer,
  { under, session, resumes }: Partial<KickoffOptions>,
): Scope | null {
  if (under !== undefined) return under && "scope" in under ? under.scope : under;
  const active = resumes === undefined ? observer.active() : null;
  return active && (session ?? active.session) === active.session ? active : null;
}

/** Work that was opened without a crew is a place for what crews do, too. */
function crewScopeOf({ known }: KickoffHost, scope: Scope): CrewScope {
  const run = new CrewRun<CrewScope>(scope.key);
  const place = { run, name: "work", above: null, turn: null, known };
  return known.get(scope) ?? new CrewScope(scope, place);
}
