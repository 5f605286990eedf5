/** The vector with length 1, in place; one that has no length points in a direction of its own. */
export function ofNormOne(vector: Float32Array): Float32Array {
  let squares = 0;
  for (let at = 0; at < vector.length; at++) squares += (vector[at] as number) ** 2;
  const norm = Math.sqrt(squares);
  if (norm === 0 || !Number.isFinite(norm)) {
    vector.fill(0)[0] = 1;
    return vector;
  }
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] as number) / norm;
  return vector;
}
