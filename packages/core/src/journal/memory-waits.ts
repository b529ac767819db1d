import type { Wait, WaitRegister } from "./journal.ts";

const mostRemembered = 10_000;

const nameOf = (session: string, name: string): string => JSON.stringify([session, name]);

export interface MemoryWaits extends WaitRegister {
  /** What these sessions wait under is gone. */
  erase(sessions: ReadonlySet<string>): void;
}

/** Waits that are gone with the process. The oldest are forgotten beyond 10,000. */
export function memoryWaits(): MemoryWaits {
  const waits = new Map<string, Wait>();
  return {
    leave(wait) {
      const name = nameOf(wait.session, wait.name);
      waits.delete(name);
      waits.set(name, wait);
      const [oldest] = waits.keys();
      if (waits.size > mostRemembered && oldest !== undefined) waits.delete(oldest);
    },
    claim(session, name) {
      const wait =
        name === true
          ? [...waits.values()].findLast((left) => left.session === session)
          : waits.get(nameOf(session, name));
      if (wait) waits.delete(nameOf(wait.session, wait.name));
      return wait ?? null;
    },
    erase(sessions) {
      for (const [name, { session }] of waits) if (sessions.has(session)) waits.delete(name);
    },
  };
}
