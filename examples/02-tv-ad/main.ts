import { defineStudy, extractEach, tally, winners, z } from "tinytroupe";

const ads = {
  A: 'A family film night goes wrong: the picture stutters at the best moment. "Vela 65. Nothing between you and the story. 1,299 euros, delivered tomorrow."',
  B: 'A white room, one screen, one number. "Vela 65. 4,000 nits. 144 hertz. The numbers speak. From 1,299 euros."',
  C: 'An old neighbour is carried over the stairs, armchair and all, to watch the final with everybody. "Vela 65. There is room for one more. Pay in 24 months, no interest."',
};

const Choice = z.object({
  ad: z.enum(["A", "B", "C"]).describe("the advertisement that the person chose"),
  why: z.string().describe("the reason, in the person's own words"),
});

export default defineStudy({
  name: "tv-ad",
  about: "Eight people choose among three advertisements for a television, each alone.",
  seed: 11,
  run: async (simulation) => {
    const people = await simulation.loadPeople(
      "lisa",
      "oscar",
      "marcos",
      "minji",
      "doreen",
      "raghav",
      "rasha",
      "thandeka",
    );
    const question = [
      "You are looking for a new television. Three advertisements come up:",
      ...Object.entries(ads).map(([name, text]) => `${name}: ${text}`),
      "Which one would make you look closer: A, B or C? Choose exactly one, and say why.",
    ].join("\n");
    await Promise.all(people.map((person) => person.listenAndAct(question)));

    const answers = await extractEach(people, {
      objective: "Which advertisement the person chose, A, B or C, and why.",
      schema: Choice,
    });
    const choices = answers.map((answer) =>
      "value" in answer
        ? { person: answer.subject, ...answer.value }
        : { person: answer.subject, error: answer.error.message },
    );
    const counts = tally(choices, "ad");
    return { choices, counts, winner: winners(counts) };
  },
});
