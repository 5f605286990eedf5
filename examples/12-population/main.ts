import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  compareWithTarget,
  defineStudy,
  generatePopulation,
  lintPopulation,
  loadPopulation,
  loadSpecification,
  profilePopulation,
  samplePopulation,
} from "tinytroupe";

const town = fileURLToPath(new URL("town.yaml", import.meta.url));

export default defineStudy({
  name: "population",
  about: "A hundred people who match their town, held against it, and a few of them asked.",
  seed: 12,
  run: async (simulation) => {
    const specification = await loadSpecification(town);
    const { people: draws } = await samplePopulation(specification, { seed: simulation.seed });
    const folder = join(simulation.resultsFolder, "people");
    const { people: made } = await generatePopulation(simulation, draws, { specification, folder, method: "quota" });

    const { people } = await loadPopulation(folder);
    const { places } = await compareWithTarget(people, specification);
    const { counts: findings } = await lintPopulation(people);
    const { distributions } = await profilePopulation(people, { by: ["occupation.title", "personality.traits"] });

    const commuters = await simulation.loadPeople([folder], { where: { ferry: "every day" }, first: 4 });
    const room = simulation.world("Ticket office", commuters);
    await room.broadcast("The ferry is to cost twice as much from May on. What will you do?");
    await room.run(1);

    return {
      made: made.length,
      target: places,
      findings,
      diversity: distributions.map(({ path, diversity }) => ({ path, ...diversity })),
      people: people.slice(0, 10).map(({ name, persona, draw }) => ({ name, age: persona.age, ...draw.values })),
    };
  },
});
