import * as fc from "fast-check";

/**
 * A test run is repeatable: the same cases every time, unless `SPOOR_SEED` says otherwise. `npm run test:soak` draws new ones, and more of them.
 */
const seed = Number(process.env["SPOOR_SEED"] ?? 1);
fc.configureGlobal({ seed });
