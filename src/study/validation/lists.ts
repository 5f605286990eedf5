import { access } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { adIssues, picturesIn } from "../../advert/ad.ts";
import { anchorIssues } from "../../evaluation/anchors.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { fileReason } from "../../kernel/text/reasons.ts";
import { readWritten } from "../../kernel/text/written.ts";
import type { Issue } from "../../kernel/values/errors.ts";
import { type FileKind, type Found, nothing } from "./found.ts";
import { largestFile } from "./kinds.ts";

/** What is wrong with labelled cases. */
export const inAnchors = ({ file }: FileKind): Promise<Found> => listed(file, (value) => anchorIssues(value));

/** What is wrong with a list of adverts, and with the pictures that it names. */
export const inAdverts = ({ file }: FileKind): Promise<Found> =>
  listed(file, async (value) => {
    const issues = adIssues(value);
    return issues.length > 0 ? issues : missingPictures(value, dirname(file));
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

async function missingPictures(value: unknown, folder: string): Promise<readonly Issue[]> {
  const looked = picturesIn(value).map(async ([path, image]): Promise<readonly Issue[]> => {
    const file = resolve(folder, image);
    return access(file).then(
      () => [],
      (cause: unknown) => [{ path, message: `Cannot read the picture ${file}: ${fileReason(cause)}.` }],
    );
  });
  return (await Promise.all(looked)).flat();
}
