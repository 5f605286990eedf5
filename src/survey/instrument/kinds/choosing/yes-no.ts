import { defineKind } from "../../kind.ts";
import { Text } from "../../written.ts";

/** Yes or no. */
export const yesNo = defineKind(
  "yes-no",
  { yes: Text.default("Yes"), no: Text.default("No") },
  {
    parts: ({ id, yes, no }) => [
      {
        id,
        scale: { kind: "nominal", options: ["yes", "no"] },
        options: [
          { id: "yes", label: yes },
          { id: "no", label: no },
        ],
      },
    ],
  },
);
