import "../interop/reader/run.mjs";
