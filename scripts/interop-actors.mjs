import "../interop/actors/run.mjs";
