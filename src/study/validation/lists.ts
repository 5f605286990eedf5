import { dirname, resolve } from "node:path";
import { adIssues, picturesIn } from "../../advert/ad.ts";
import { loadPicture } from "../../document/pictures/load-picture.ts";
import { anchorIssues } from "../../evaluation/anchors.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { readWritten } from "../../kernel/text/written.ts";
import { type Issue, isTinyTroupeError } from "../../kernel/values/errors.ts";
import { type FileKind, type Found, nothing } from "./found.ts";
import { largestFile } from "./kinds.ts";

/** What is wrong with labelled cases. */
export const inAnchors = ({ file }: FileKind): Promise<Found> => listed(file, (value) => anchorIssues(value));

/** What is wrong with a list of adverts, and with the pictures that it names. */
export const inAdverts = ({ file }: FileKind): Promise<Found> =>
  listed(file, async (value) => {
    const issues = adIssues(value);
    return issues.length > 0 ? issues : badPictures(value, dirname(file));
  });

async function listed(
  file: string,
  issuesIn: (value: unknown) => readonly Issue[] | Promise<readonly Issue[]>,
): Promise<Found> {
  const { value, faults, placed } = await readWritten(await readTextFile(file, { mostBytes: largestFile }), {
    aliases: 0,
  });
  const issues = faults.length > 0 ? faults : (await issuesIn(value)).map(placed);
  return { ...nothing(), issues: [...issues] };
}

async function badPictures(value: unknown, folder: string): Promise<readonly Issue[]> {
  const looked = picturesIn(value).map(([path, image]) => pictureIssues(resolve(folder, image), path));
  return (await Promise.all(looked)).flat();
}

/** What is wrong with a picture's file that is named at this path: models would not take it. */
export async function pictureIssues(file: string, path: string): Promise<readonly Issue[]> {
  try {
    await loadPicture(file);
    return [];
  } catch (error) {
    if (!isTinyTroupeError(error, "FILE_UNREADABLE", "OPTION_INVALID")) throw error;
    return [{ path, message: error.message }];
  }
}
