import { defineStudy, extract, z } from "tinytroupe";

const Ideas = z.object({
  ideas: z.array(
    z.object({
      idea: z.string().describe("the feature that was proposed, in one sentence"),
      who: z.string().describe("the person who proposed it"),
      benefit: z.string().describe("what it would do for them, in their own words"),
    }),
  ),
});

export default defineStudy({
  name: "brainstorming",
  about: "A focus group on new AI features for a word processor.",
  seed: 7,
  run: async (simulation) => {
    const people = await simulation.loadPeople("lisa", "oscar", "marcos");
    const room = simulation.world("Focus group", people);
    room.makeEveryoneAccessible();

    await room.broadcast(
      "Welcome, and thank you for coming. We make a word processor, and we want to add AI features to it that nobody has yet. " +
        "Think of what annoys you when you write, and propose one concrete feature each. Say what it would do for you.",
    );
    await room.run(2);
    await room.broadcast(
      "Good. Now react to each other: which of these would you really use, what is wrong with the others, and what is missing?",
    );
    await room.run(2);

    const { ideas } = await extract(room, {
      objective: "The features proposed for a word processor, who proposed each, and what it would do for them.",
      schema: Ideas,
    });
    return { ideas };
  },
});
