import { registerHooks } from "node:module";

// For programs of their own: what they import of the framework comes from this folder, as in the tests.

const framework = /^(@langchain\/|langchain(\/|$))/;

registerHooks({
  resolve: (specifier, context, next) =>
    framework.test(specifier) && !context.parentURL?.includes("/node_modules/")
      ? next(specifier, { ...context, parentURL: import.meta.url })
      : next(specifier, context),
});
