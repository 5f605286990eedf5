// Makes people.csv: sixty answers that nobody gave, so that the example has a file of the shape that real people's answers
// have. node make-people.mjs > people.csv
const counts = [13, 11, 15, 12, 9]; // who says 1, 2, … 5
const ages = ["18-24", "25-34", "35-44", "45-54", "55-64", "65+"];
const reasons = [
  "I do not like cold soup.",
  "Too dear for what it is.\nI can make it myself.", // a line break within a cell
  "I would have to taste it first.",
  "Handy for lunch, and no additives.",
  "I have it every summer, and this saves the work.",
];

// A linear congruential generator (Numerical Recipes), so that the file is the same everywhere.
let state = 18;
const next = (below) => {
  state = (1664525 * state + 1013904223) % 2 ** 32;
  return Math.floor((state / 2 ** 32) * below);
};

const votes = counts.flatMap((count, at) => Array.from({ length: count }, () => at + 1));
for (let at = votes.length - 1; at > 0; at -= 1) {
  const other = next(at + 1);
  [votes[at], votes[other]] = [votes[other], votes[at]];
}
console.log("Responder #,Vote (1-5),Explanation,Age Range,Gender");
votes.forEach((vote, at) => {
  const reason = next(5) === 0 ? "" : `"${reasons[vote - 1]}"`;
  console.log([at + 1, vote, reason, ages[next(6)], next(2) === 0 ? "female" : "male"].join(","));
});
