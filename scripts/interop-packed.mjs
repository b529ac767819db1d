import "../interop/packed/run.mjs";
