import { defineKind } from "../../kind.ts";
import { Text } from "../../written.ts";

/** Yes or no. */
export const yesNo = defineKind(
  "yes-no",
  { yes: Text.optional(), no: Text.optional() },
  {
    parts: ({ id, yes = "Yes", no = "No" }) => [
      {
        id,
        scale: { kind: "nominal", options: ["yes", "no"] },
        options: [
          { id: "yes", label: yes },
          { id: "no", label: no },
        ],
      },
    ],
    english: ({ yes, no }) => [...(yes === undefined ? ["yes"] : []), ...(no === undefined ? ["no"] : [])],
  },
);
