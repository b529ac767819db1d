export type Job = () => Promise<void>;

/** Runs one job after the other. An attempt that the pipeline gave up may still be writing when the next one comes. */
export function inTurn(): (job: Job) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (job) => {
    const done = last.then(job);
    last = done.catch(toldToItsOwner);
    return done;
  };
}

function toldToItsOwner(): void {
  return;
}
