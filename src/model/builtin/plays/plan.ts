import type { Scene } from "../speech/scene.ts";

/** The actions by which people plan. */
export const planKinds = ["PLAN", "STEP_DONE", "REVISE_PLAN", "DROP_PLAN"] as const;

type PlanKind = (typeof planKinds)[number];
type PlanDraft = Readonly<Record<string, unknown>> & { readonly type: PlanKind };

/** A plan as it stands before the person's eyes. */
interface Seen {
  readonly plan: number;
  readonly step: number;
  readonly of: number;
  readonly by: string | undefined;
  readonly overdue: boolean;
}

const daysOfStep = 3;
const millisecondsOfADay = 86_400_000;

/**
 * What somebody does about their plans: they plan for what they came to want, or now and then for a goal of their own;
 * go on step by step; and put off what is overdue, or rarely give it up. What they planned once, they do not plan again.
 * @param written all that the person wrote so far, as it stands in the prompt
 */
export function planned(scene: Scene, offered: ReadonlySet<string>, written: string): readonly PlanDraft[] {
  if (!planKinds.every((kind) => offered.has(kind))) return [];
  const { now, dice, voice } = scene;
  const [, wish] = /You came to want “(.+?)”/u.exec(now) ?? [];
  if (wish !== undefined && !wasPlanned(wish, written))
    return [{ type: "PLAN", goal: wish, steps: stepsFrom(scene, 0) }];
  const seen = plansIn(now);
  const due = seen.find(({ overdue }) => overdue) ?? seen[0];
  if (due !== undefined) return aboutPlan(scene, due);
  const goal = dice.next() < 0.2 && !written.includes('"PLAN"') ? voice.word("goal") : undefined;
  return goal === undefined ? [] : [{ type: "PLAN", goal, steps: stepsFrom(scene, 0) }];
}

const wasPlanned = (goal: string, written: string): boolean =>
  written.includes(`"type":"PLAN","goal":${JSON.stringify(goal.replace(/…$/u, "")).slice(0, -1)}`);

function aboutPlan(scene: Scene, { plan, step, of, overdue }: Seen): readonly PlanDraft[] {
  const chance = scene.dice.next();
  if (chance < (overdue ? 0.5 : 0.2)) return [{ type: "STEP_DONE", plan }];
  if (!overdue || chance > 0.8) return [];
  if (chance > 0.77) return [{ type: "DROP_PLAN", plan, because: scene.voice.say(scene.voice.phrases.because) ?? "…" }];
  return [{ type: "REVISE_PLAN", plan, steps: stepsFrom(scene, Math.min(step - 1, of - 1)) }];
}

/** The steps from this one on, some days apart where there is a calendar. */
function stepsFrom({ voice, now }: Scene, first: number): readonly object[] {
  const [, today] = /^Time: \p{L}+ (\d{4}-\d{2}-\d{2})/mu.exec(now) ?? [];
  return voice.phrases.steps.slice(first).map((step, index) => {
    if (today === undefined) return { step };
    const day = new Date(Date.parse(today) + (index + 1) * daysOfStep * millisecondsOfADay);
    return { step, by: day.toISOString().slice(0, 10) };
  });
}

function plansIn(now: string): readonly Seen[] {
  const lines = now.matchAll(/Your plan (\d+), “.*?”: step (\d+) of (\d+)(?:, by ([\d-]+)(, overdue)?)?:/gu);
  return [...lines].map(([, plan, step, of, by, overdue]) => ({
    ...{ plan: Number(plan), step: Number(step), of: Number(of), by, overdue: overdue !== undefined },
  }));
}
