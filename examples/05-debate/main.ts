import { debate, defineStudy, tally } from "tinytroupe";

export default defineStudy({
  name: "debate",
  about: "Four people debate the right to repair, and six vote on it before and after.",
  seed: 9,
  run: async (simulation) => {
    const [lisa, thandeka, doreen, raghav, minji, rasha] = await simulation.loadPeople(
      "lisa",
      "thandeka",
      "doreen",
      "raghav",
      "minji",
      "rasha",
    );
    if (!lisa || !thandeka || !doreen || !raghav || !minji || !rasha) throw new TypeError("Somebody is missing.");
    const votes = await debate(simulation, {
      motion: "Every appliance should be sold with spare parts for ten years, even if it costs more.",
      sides: { for: [lisa, thandeka], against: [doreen, raghav] },
      audience: [minji, rasha],
      words: 80,
    }).hold();
    const rows = votes.map((vote) => ({ ...vote }));
    return { votes, before: tally(rows, "before"), after: tally(rows, "after") };
  },
});
