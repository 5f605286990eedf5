import { digest } from "../../kernel/values/hash.ts";
import { type RunId, slug } from "../../kernel/values/ids.ts";

/**
 * The run's id: name, seed and model make it, so the same study started again is the same run and goes on where it was,
 * while another seed or model is another run.
 * @example
 * runIdOf({ name: "Focus group", seed: "7", model: "builtin" }) === runIdOf({ name: "Focus group", seed: "7", model: "builtin" }); // => true
 */
export function runIdOf(run: { name: string; seed: string; model: string }): RunId {
  return `${slug(run.name)}-${digest(JSON.stringify([run.name, run.seed, run.model])).slice(0, 6)}`;
}
