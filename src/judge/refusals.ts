import { TinyTroupeError } from "../kernel/values/errors.ts";

/** OPTION_INVALID unless it is a number of samples. */
export function checkSamples(samples = 1): void {
  if (Number.isSafeInteger(samples) && samples >= 1) return;
  throw new TinyTroupeError("OPTION_INVALID", `The option 'samples' of judge is ${String(samples)}.`, {
    data: { option: "samples", value: samples },
    hint: "Give a whole number from 1; an odd one has a middle.",
  });
}

export function nothingHappened(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `Nothing has happened to ${name} yet, so there is nothing to judge.`, {
    data: { option: "subject", value: name },
    hint: "Judge after somebody has acted, as after listenAndAct or run.",
  });
}

export function nobody(name: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError(
    "OPTION_INVALID",
    `Who the people of ${name} are is not known, and a claim is about that.`,
    {
      data: { option: "personas" },
      hint: "Give `personas`, or leave out propositions that need them.",
    },
  );
}

export function tooSmall(model: string): TinyTroupeError<"MODEL_UNSUPPORTED"> {
  return new TinyTroupeError("MODEL_UNSUPPORTED", `The model ${model} is too small to judge.`, {
    data: { model, feature: "judging" },
    hint: "Name a larger model as judge.",
  });
}

/** A judge's error says nothing of another judge. */
export function otherJudge(calibrated: string, judge: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The calibration is of ${calibrated}, and ${judge} judges.`, {
    data: { option: "calibration", value: calibrated },
    hint: "Calibrate this judge, or leave the calibration out.",
  });
}
