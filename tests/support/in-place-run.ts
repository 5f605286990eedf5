// Adds results to an arm of an experiment, one at a time, as one of several programs: file, its own name, how many.
import { inPlaceExperiment } from "../../src/experiment/in-place/in-place-experiment.ts";

const [file = "", name = "", count = "0"] = process.argv.slice(2);
const experiment = inPlaceExperiment(file, { patienceMs: 300_000 });
await experiment.addArms("shared", `arm of ${name}`);
for (let number = 0; number < Number(count); number++) {
  await experiment.addResults("shared", { heard: [`${name} ${number}`] }, { run: `${name} ${number}` });
}
