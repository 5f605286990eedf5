import { defineStudy, extract, townHall, z } from "tinytroupe";

const Worries = z.object({
  worries: z.array(
    z.object({
      who: z.string().describe("the person who is worried"),
      problem: z.string().describe("what worries them about the announcement"),
    }),
  ),
});

export default defineStudy({
  name: "town-hall",
  about: "A company announces a monthly fee, and five customers ask about it.",
  seed: 21,
  run: async (simulation) => {
    const [speaker, ...audience] = await simulation.loadPeople(
      "oscar",
      "lisa",
      "thandeka",
      "doreen",
      "raghav",
      "rasha",
    );
    if (speaker === undefined) throw new TypeError("Nobody speaks.");
    const hall = townHall(simulation, {
      speaker,
      audience,
      opening:
        "From next month on, our app costs three euros a month. What you stored in it stays yours, and whoever pays for a year gets two months free.",
      questions: 3,
      whispers: 2,
    });
    const questions = await hall.hold();
    const { worries } = await extract(hall.world, {
      objective: "What worries people about the monthly fee, in whispers as well.",
      schema: Worries,
    });
    return { questions, worries };
  },
});
