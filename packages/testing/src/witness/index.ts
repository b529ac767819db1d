export { startWitness, type WitnessOptions, type WitnessServer } from "./witness.ts";
