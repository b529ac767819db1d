import { fetched } from "./fetched.mjs";

/** A registry for this machine. It asks for `node-fetch` by a tag that not every mirror of npm has. */
export const verdaccio = fetched("verdaccio", "6", "node_modules/verdaccio/bin/verdaccio", {
  "node-fetch": "2.7.0",
  "node-fetch-cjs": "npm:node-fetch@2.7.0",
});
