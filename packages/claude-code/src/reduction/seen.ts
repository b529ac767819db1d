/** Tells what comes for the second time, among so many that came last. */
export interface Seen {
  /** Whether it has come before; from now on it has. */
  again(name: string): boolean;
}

/** The lines of more turns than anybody takes in a day; memory has an end. */
const most = 50_000;

export function createSeen(limit: number = most): Seen {
  const names = new Set<string>();
  return {
    again(name) {
      if (names.has(name)) return true;
      const [oldest] = names.size >= limit ? names : [];
      if (oldest !== undefined) names.delete(oldest);
      names.add(name);
      return false;
    },
  };
}
