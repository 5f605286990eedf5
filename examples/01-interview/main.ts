import { defineStudy, extract, z } from "tinytroupe";

const questions = [
  "Thank you for your time. To begin: what does your work look like these days, and what takes most of your attention?",
  "Of what you just told me, which problem costs you the most, and how do you notice that it does?",
  "What have you already tried against it, and why did that not do it?",
  "Suppose the budget were not the question. What would you change first, and who would resist?",
  "If I came back in six months and it were solved, what would I see that I do not see today?",
];

const Findings = z.object({
  problem: z.string().describe("the problem that matters most to the person interviewed"),
  cost: z.string().nullable().describe("what it costs, as far as it was said"),
  tried: z.array(z.string()).describe("what was tried already"),
  wish: z.string().nullable().describe("what the person would change first"),
  resistance: z.string().nullable().describe("who or what would stand against it"),
});

export default defineStudy({
  name: "interview",
  about: "A consultant interviews a vice-president of a bank, going deeper step by step.",
  seed: 3,
  run: async (simulation) => {
    const banker = await simulation.generatePerson(
      "A mid-sized retail bank in Brazil with two hundred branches, under pressure from digital competitors.",
      "A vice-president of the bank, responsible for products and for the branches; twenty years in the house; not easily impressed by consultants.",
    );
    banker.changeContext(["A first meeting with a consultant, in the office, for half an hour."]);
    for (const question of questions) await banker.listenAndAct(question, "The consultant");

    const { value, evidence } = await extract(banker, {
      objective: "What the consultant learned about the problem that matters most to this person.",
      situation: "An interview between a consultant and a vice-president of a bank.",
      schema: Findings,
      evidence: true,
    });
    return { findings: [value], evidence };
  },
});
