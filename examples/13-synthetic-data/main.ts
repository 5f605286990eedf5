import { join } from "node:path";
import { defineStudy, generateData, loadDataSpecification } from "tinytroupe";

export default defineStudy({
  name: "support mail",
  seed: 13,
  folder: import.meta.dirname,
  run: async ({ context }) => {
    const specification = await loadDataSpecification(join(import.meta.dirname, "data.yaml"));
    const { items, balance, leakage } = await generateData(context, specification);
    return {
      balance,
      leakage,
      mails: items.map(({ split, label = "", values, text }) => ({ split, label, ...values, text })),
    };
  },
});
