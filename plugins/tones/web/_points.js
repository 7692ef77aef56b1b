/** The points of a tone curve, [before, after] in 0..1 from left to right, each change a new list. */

export const APART = 0.01;
export const MOST = 32;
export const UNCHANGED = [
  [0, 0],
  [1, 1],
];
export const PRESETS = {
  "no change": UNCHANGED,
  "more contrast": [[0, 0], [0.25, 0.15], [0.75, 0.85], [1, 1]],
  "less contrast": [[0, 0.15], [1, 0.85]],
  lighter: [[0, 0], [0.5, 0.65], [1, 1]],
  darker: [[0, 0], [0.5, 0.35], [1, 1]],
  negative: [[0, 1], [1, 0]],
};

/** What a workflow holds, if it is points from left to right; else null. */
export function readPoints(value) {
  if (!Array.isArray(value) || value.length < 2 || value.length > MOST) return null;
  const whole = value.every((point, index) => {
    const sound = Array.isArray(point) && point.length === 2 && point.every((share) => share >= 0 && share <= 1);
    return sound && (index === 0 || value[index - 1][0] < point[0]);
  });
  return whole ? value : null;
}

/** Move a point; it stays between its neighbours. */
export function moved(points, index, [x, y]) {
  const least = index === 0 ? 0 : points[index - 1][0] + APART;
  const most = index === points.length - 1 ? 1 : points[index + 1][0] - APART;
  const at = [rounded(Math.min(most, Math.max(least, x))), rounded(Math.min(1, Math.max(0, y)))];
  return points.map((point, place) => (place === index ? at : point));
}

/** Add a point; answers with the points and its place, or null where there is no room. */
export function added(points, [x, y]) {
  const tight = points.some((point) => Math.abs(point[0] - x) < APART);
  if (tight || points.length >= MOST) return null;
  const place = points.filter((point) => point[0] < x).length;
  return [points.toSpliced(place, 0, [rounded(x), rounded(Math.min(1, Math.max(0, y)))]), place];
}

/** Take a point away; two stay. */
export function removed(points, index) {
  return points.length > 2 ? points.toSpliced(index, 1) : points;
}

function rounded(share) {
  return Math.round(share * 1000) / 1000;
}
