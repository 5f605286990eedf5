// Makes people.csv: fifty orders that nobody gave, drawn from a model of Plackett and Luce, so that the example has a file
// of the shape that real people's orders have. node make-people.mjs > people.csv
const strengths = { A: 2.5, B: 1.8, C: 1, D: 0.6, E: 1.6 };

// A linear congruential generator (Numerical Recipes), so that the file is the same everywhere.
let state = 19;
const chance = () => {
  state = (1664525 * state + 1013904223) % 2 ** 32;
  return state / 2 ** 32;
};

/** Who is chosen of those that are left, by their strengths. */
function chosen(left) {
  let place = chance() * left.reduce((sum, option) => sum + strengths[option], 0);
  for (const option of left) {
    place -= strengths[option];
    if (place < 0) return option;
  }
  return left.at(-1);
}

console.log("Responder #,Order,Age Range");
for (let person = 1; person <= 50; person += 1) {
  const order = [];
  while (order.length < 5) order.push(chosen(Object.keys(strengths).filter((option) => !order.includes(option))));
  console.log([person, order.join("-"), ["18-34", "35-54", "55+"][Math.floor(chance() * 3)]].join(","));
}
