import { momentHint, parseMoment } from "../../../kernel/time/moment.ts";
import { type Issue, isTinyTroupeError } from "../../../kernel/values/errors.ts";
import { beginningOf } from "../../../simulation/options.ts";

/** What is wrong with the moment at which a study begins. */
export function momentIssues(startAt: string | undefined): readonly Issue[] {
  try {
    beginningOf(startAt);
    return [];
  } catch (error) {
    return [{ path: "startAt", message: wordsOf(error) }];
  }
}

/** What is wrong with a later moment. */
export function laterIssues(path: string, moment: string | undefined): readonly Issue[] {
  if (moment === undefined || parseMoment(moment) !== undefined) return [];
  return [{ path, message: `'${moment}' is no moment. ${momentHint(moment, "2030-03-01 or 2030-03-01T09:00")}` }];
}

export const noCalendar = "Time passes only in a study that begins at a moment: add `startAt`.";

/** What an error of ours says, with what to do. */
export function wordsOf(error: unknown): string {
  if (!isTinyTroupeError(error)) throw error;
  return `${error.message} ${error.hint}`;
}
