export { type AdapterFixtures, describeAdapter } from "./describe-adapter.ts";
export {
  draftsOf,
  foldOf,
  goldenTrees,
  importing,
  problemsOf,
  recordAll,
  type Recording,
} from "./recorded.ts";
