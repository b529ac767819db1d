import { type Config, createObserver, type Observer } from "@spoor/core";

const forgotten = 21_000;

/**
 * An observer as it is in a process that has run for days: it has seen more spans than it remembers, so each new one has another forgotten. A
 * fresh one would flatter what is measured.
 */
export function longRunningObserver(config: Config): Observer {
  const observer = createObserver(config);
  for (let span = 0; span < forgotten; span += 1)
    observer.emit({
      type: "tool.started",
      session: "earlier",
      source: "callback",
      key: `toolu-01AbCdEfGhIjKlMn${span}`,
      name: "read",
    });
  return observer;
}
