import { join } from "node:path";
import { defineStudy, loadAds, testAds } from "tinytroupe";

export default defineStudy({
  name: "bread adverts",
  seed: 7,
  folder: import.meta.dirname,
  run: async (simulation) => {
    const people = await simulation.loadPeople("lisa", "oscar", "marcos", "doreen", "minji");
    const ads = await loadAds([join(import.meta.dirname, "ads")]);
    const { outcome, choices } = await testAds(simulation.context, { people, ads, segments: ["gender"] });
    return { verdict: [outcome.verdict], adverts: outcome.ads, choices };
  },
});
