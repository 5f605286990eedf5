import { z } from "zod";
import type { ActionKind } from "../../../../kernel/contracts/faculty.ts";
import { doing, someWords } from "../doing.ts";

const content = someWords(5_000);
const target = z.string().max(1_000);

const mail: readonly ActionKind[] = [
  doing(
    "SEND_MAIL",
    "send an e-mail to `target` (full names, with commas between them) with a `subject` and its `content`",
    { target, subject: z.string().max(200), content },
  ),
];

const chat: readonly ActionKind[] = [
  doing(
    "WRITE_IN_CHANNEL",
    "write `content` in a channel of yours, `target` (#name); @ and a full name calls somebody's attention",
    { target, content },
  ),
  doing("JOIN_CHANNEL", "join a channel, `target` (#name), to read and write in it", { target }),
  doing("LEAVE_CHANNEL", "leave a channel, `target` (#name), which you do not want to read any more", { target }),
];

/** What people can do: send e-mail, and where there are channels, write in them. */
export const messageActions = (hasChannels: boolean): readonly ActionKind[] => [...mail, ...(hasChannels ? chat : [])];
