// The rows of the house, lowest first. A room looks into its own folder and into lower rows, never sideways or up.
export const rows = [
  ["kernel"],
  ["persona", "document", "statistics", "plot", "table", "model", "store", "systems"],
  ["judge"],
  ["person", "world", "population"],
  ["simulation"],
  ["insight"],
  ["survey", "evaluation", "advert", "usability", "synthetic"],
  ["study"],
  ["experiment"],
  ["runner"],
  ["worlds.ts", "populations.ts", "research.ts", "studies.ts", "surveys.ts"],
  ["index.ts", "models.ts", "stores.ts"],
  ["studio", "notebook", "testing"],
  ["cli"],
];
const doors = "(index|models|stores)\\.ts|studio/server";
const inside = (names) => `^src/(${names.join("|").replaceAll(".", "\\.")})(/|$)`;

export default {
  forbidden: [
    { name: "no cycles", severity: "error", from: {}, to: { circular: true } },
    ...rows.map((row, level) => ({
      name: `${row.join("+")} looks down only`,
      severity: "error",
      from: { path: inside(row) },
      to: { path: inside(rows.slice(level).flat()), pathNot: "^src/$1(/|$)" },
    })),
    {
      name: "shells use the doors",
      severity: "error",
      from: { path: "^src/(cli|studio|notebook|testing)/" },
      to: { path: "^src/", pathNot: `^src/($1/|${doors})` },
    },
    {
      name: "measuring never reaches into the measured",
      severity: "error",
      from: { path: inside(["insight", "survey", "evaluation", "advert", "usability", "synthetic"]) },
      to: { path: inside(["person", "world"]) },
    },
    {
      name: "one file knows the AI SDK",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/model/adapters/ai-sdk" },
      to: { path: "(^|node_modules/)(ai|@ai-sdk|@openrouter)(/|$)" },
    },
    {
      name: "sources do not import tests",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(tests|bench|examples)/" },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
  },
};
