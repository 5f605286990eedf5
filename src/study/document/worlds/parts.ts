import { z } from "zod";

export const said = z.string().min(1);
export const Names = z.union([said, z.array(said).min(1)]);
export const share = z.number().min(0).max(1);

const amount = z.number().positive();
const whole = z.int().positive();

/** The units of a span of simulated time. */
export const spanShape = {
  ...{ seconds: amount.optional(), minutes: amount.optional(), hours: amount.optional(), days: amount.optional() },
  ...{ weeks: amount.optional(), months: whole.optional(), years: whole.optional() },
};

export const Span = z
  .strictObject(spanShape)
  .refine((span) => Object.keys(span).length > 0, "This is empty. Write a span as in { hours: 6 }.")
  .describe("A span of simulated time.");
export type Span = z.infer<typeof Span>;

/** An order in which all act. */
export const Order = z.enum(["simultaneous", "sequential", "shuffled", "round robin"]);

export const Schedule = z
  .enum([...Order.options, "event driven", "urgency auction"])
  .describe(
    "Who acts in a step: all, in this order; those whom something woke; or whoever bids most to speak. Default of a room: simultaneous.",
  );
export type Schedule = z.infer<typeof Schedule>;

export const Visibility = z
  .union([
    z.enum(["in reach", "aloud", "addressed only"]),
    z.strictObject({ hops: z.int().positive().describe("Over how many people who can address each other.") }),
  ])
  .describe("Who perceives what somebody says. Default: in reach, those whom it is for or, without any, all in reach.");
export type Visibility = z.infer<typeof Visibility>;

const Delay = z.union([z.strictObject({ steps: z.int().positive() }), Span]);

export const Delivery = z
  .union([
    z.enum(["immediate", "next step"]),
    z.strictObject({ delayed: Delay.describe("By so many steps, or a span of simulated time.") }),
    z.strictObject({
      lossy: share.describe("The probability that words to somebody get lost."),
      told: z.boolean().describe("Whether the speaker learns of it. Default: false.").optional(),
      delayed: Delay.describe("How late all others arrive. Default: at once.").optional(),
    }),
  ])
  .describe("When words arrive.");
export type Delivery = z.infer<typeof Delivery>;

export const Resolution = z
  .union([
    z.strictObject({ timeLimit: z.int().positive().describe("Who says more words than these is cut off.") }),
    z.strictObject({
      refuse: Names.describe("Types of actions that do not come about, as in REACH_OUT."),
      because: said.describe("What whoever tries is told."),
    }),
    z.strictObject({
      gameMaster: said.describe("What holds in this world, in words: a model decides by it."),
      about: Names.describe(
        "Types of actions that are brought before it. Default: all but TALK and REACH_OUT.",
      ).optional(),
      last: z.int().positive().describe("How many entries of what happened before are read. Default 30.").optional(),
    }),
  ])
  .describe("What becomes of what people do. Default: all of it comes about.");
export type Resolution = z.infer<typeof Resolution>;

const endings = {
  afterSteps: z.int().positive().describe("So many steps of a run were played.").optional(),
  atTime: said.describe("This simulated moment has come, as in 2030-03-01T12:00; no step begins after it.").optional(),
  whenDone: z
    .union([
      said.describe("Somebody said these words."),
      z.strictObject({
        says: said.describe("Words in it, in upper or lower case.").optional(),
        does: said.describe("The type of the action, as in MOVE_TO. Default: any in which the words are.").optional(),
        who: Names.describe("Whoever of these does it first. Default: anybody.").optional(),
      }),
    ])
    .describe("Somebody did something.")
    .optional(),
  whenAllAgree: z
    .strictObject({
      on: said.describe("A claim, as people hold it (`stances`)."),
      who: Names.describe("Default: everybody.").optional(),
    })
    .describe("All are for it, or all against it.")
    .optional(),
  whenQuiet: z.literal(true).describe("Everybody could act, nobody did, and nothing is under way.").optional(),
};

/** What ends a run. */
export const Endings = z
  .strictObject({
    ...endings,
    allOf: z.strictObject(endings).describe("All of these are so after the same step.").optional(),
  })
  .describe("A run ends after the step for which any of these is so.");
export type Endings = z.infer<typeof Endings>;
