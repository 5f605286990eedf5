import { defineStudy, extract, focusGroup, z } from "tinytroupe";

const guide = {
  opening:
    "Thank you for coming. We want to hear how you live with small kitchen appliances. There are no wrong answers.",
  topics: [
    "What annoys you about the kettle that you have at home?",
    {
      ask: "Imagine a kettle that you can repair yourself. What would it have to be like for you to buy it?",
      followUps: ["How much more would you pay for it than for any other?"],
      probe: "I would like to hear you, too. Would you buy one?",
      rounds: 1,
    },
  ],
  closing: "That was all. Thank you, this helped us a lot.",
};

const Wishes = z.object({
  wishes: z.array(
    z.object({
      who: z.string().describe("the person who said it"),
      wish: z.string().describe("what the kettle would have to be like"),
      doubt: z.string().nullable().describe("what puts the person off, as far as it was said"),
    }),
  ),
});

export default defineStudy({
  name: "focus-group",
  about: "A moderator leads three people through a guide about kettles that can be repaired.",
  seed: 5,
  run: async (simulation) => {
    const [moderator, ...people] = await simulation.loadPeople("doreen", "lisa", "oscar", "thandeka");
    const group = focusGroup(simulation, { people, ...(moderator && { moderator }), guide });
    const participation = await group.hold();

    const { wishes } = await extract(group.world, {
      objective: "What a kettle that can be repaired would have to be like for each person to buy it.",
      schema: Wishes,
    });
    return { participation, wishes };
  },
});
