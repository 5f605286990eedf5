// The fake provider as a process: obeys whoever started it, and ends with them.
import { createWriteStream, type WriteStream } from "node:fs";
import { type Plan, usualPlan } from "./plan.ts";
import { PlayedPlan } from "./played-plan.ts";
import type { Question } from "./process.ts";
import { serve } from "./serve.ts";

let file: WriteStream | undefined;
let played = new PlayedPlan(usualPlan, () => {});

function set(plan: Partial<Plan>): void {
  file?.end();
  const lines = plan.logFile === undefined ? undefined : createWriteStream(plan.logFile);
  file = lines;
  played = new PlayedPlan({ ...usualPlan, ...plan }, (entry) => void lines?.write(`${JSON.stringify(entry)}\n`));
}

const masters = new WeakMap<object, PlayedPlan>();
const serving = await serve({
  order(request, arrivedAt) {
    masters.set(request, played);
    return played.order(request, arrivedAt);
  },
  // A request from before a new plan is none of the new plan's business.
  over: (request, whole) => masters.get(request)?.over(request, whole),
});

const answers = {
  url: () => serving.url,
  set: ({ plan }: Question) => set(plan ?? {}),
  change: ({ plan }: Question) => played.change(plan ?? {}),
  requests: () => played.log,
  stats: () => played.stats(serving.sockets),
  idle: () => played.idle(),
};

process.on("message", async (question: Question) => {
  process.send?.({ id: question.id, value: (await answers[question.ask](question)) ?? null });
});
process.on("disconnect", () => process.exit());
