import "../interop/crews/run.mjs";
