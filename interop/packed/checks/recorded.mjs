import { strictEqual } from "node:assert";
import { readdirSync } from "node:fs";
import { project, spoor } from "./project.mjs";

/** Turns that each block of the README records: of Claude Code two, of a message one for its sending and one for its handling. */
const turnsOf = { langgraph: 1, "claude-code": 2, autogen: 2, crew: 1, core: 1 };

/** What the blocks of the README are about that record something. One more is a config. */
export const subjects = Object.keys(turnsOf);

/** The programs of these subjects. Throws where the README has other ones by now. */
export function programsAs(form) {
  const programs = subjects.map((subject) => `readme-${subject}.${form}`);
  const written = readdirSync(project).filter(
    (name) => name.startsWith("readme-") && name.endsWith(form) && !name.includes("-config."),
  );
  strictEqual(written.toSorted().join(" "), programs.toSorted().join(" "));
  return programs;
}

/** Throws unless a journal holds exactly what the programs of these subjects record. Returns how many turns that is. */
export function mustHaveRecorded(about, dir) {
  const sessions = JSON.parse(spoor("sessions", "--json", "--dir", dir));
  const turns = sessions.reduce((sum, session) => sum + session.turns, 0);
  const wanted = about.reduce((sum, subject) => sum + turnsOf[subject], 0);
  strictEqual(turns, wanted);
  return turns;
}
