import { chatSystem, defineStudy, testSystems } from "tinytroupe";
import { openBot } from "./bot.ts";

const goals = [
  {
    name: "sunday",
    goal: "I want to know whether the shop is open on Sundays.",
    success: { text: "on Sundays the shop is open" },
  },
  { name: "delivery", goal: "I want to know what the delivery of a kettle costs.", success: { text: "4.90" } },
  {
    name: "repair",
    goal: "I want to have my kettle repaired.",
    success: { text: "/repair (?:desk|service|costs)/i" },
  },
];

export default defineStudy({
  name: "chatbot-test",
  about: "Three people try a shop's chatbot, for goals that it does not know.",
  seed: 14,
  run: async (simulation) => {
    const bot = await openBot();
    try {
      const people = await simulation.loadPeople("lisa", "oscar", "thandeka");
      const system = chatSystem({ name: "shop bot", url: bot.url, allow: [new URL(bot.url).host] });
      const { sessions, findings } = await testSystems({ people, systems: [system], goals, steps: 8 });
      return { sessions, findings };
    } finally {
      await bot.close();
    }
  },
});
