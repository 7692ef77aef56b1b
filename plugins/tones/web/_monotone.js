/** The curve of plugins/tones/monotone.py: cubic pieces with the slopes of Steffen 1990. */

/** Slopes at the points [x, y], which go from left to right. */
function slopesOf(points) {
  const last = points.length - 1;
  const width = (k) => points[k + 1][0] - points[k][0];
  const secant = (k) => (points[k + 1][1] - points[k][1]) / width(k);
  return points.map((_, k) => {
    if (k === 0) return secant(0);
    if (k === last) return secant(last - 1);
    const before = secant(k - 1);
    const after = secant(k);
    const middle = (before * width(k) + after * width(k - 1)) / (width(k - 1) + width(k));
    const least = Math.min(Math.abs(before), Math.abs(after), Math.abs(middle) / 2);
    return (Math.sign(before) + Math.sign(after)) * least;
  });
}

/** The curve as a function; level before the first point and after the last. */
export function curveThrough(points) {
  const slopes = slopesOf(points);
  const last = points.length - 1;
  return (x) => {
    const at = Math.min(points[last][0], Math.max(points[0][0], x));
    let k = 0;
    while (k < last - 1 && points[k + 1][0] <= at) k++;
    const h = points[k + 1][0] - points[k][0];
    const t = (at - points[k][0]) / h;
    return (
      (2 * t ** 3 - 3 * t ** 2 + 1) * points[k][1] +
      (t ** 3 - 2 * t ** 2 + t) * h * slopes[k] +
      (3 * t ** 2 - 2 * t ** 3) * points[k + 1][1] +
      (t ** 3 - t ** 2) * h * slopes[k + 1]
    );
  };
}
