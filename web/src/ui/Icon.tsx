/** Small drawings, since not every font has every sign. */
const PATHS = {
  enter: "M9 3h4v10H9M2.5 8h7M6.5 5l3 3-3 3",
  plus: "M8 3v10M3 8h10",
  cross: "M4 4l8 8M12 4l-8 8",
  undo: "M6 3L3 6l3 3M3 6h6a4 4 0 010 8H7",
  redo: "M10 3l3 3-3 3M13 6H7a4 4 0 000 8h2",
  tidy: "M2 3h5v4H2zM9 9h5v4H9zM7 5h4v4",
  fit: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  download: "M8 2v8M4.5 7L8 10.5 11.5 7M3 13.5h10",
  panel: "M2 3h12v10H2zM10 3v10",
  pin: "M8 5.5a2.5 2.5 0 110 5 2.5 2.5 0 010-5zM8 2v3.5M8 10.5V14M2 8h3.5M10.5 8H14",
  down: "M4 6l4 4 4-4",
  right: "M6 4l4 4-4 4",
  top: "M3 3h10M8 14V6M4.5 9L8 5.5 11.5 9",
  play: "M5 3l8 5-8 5z",
  dice: "M3 3h10v10H3zM5.7 5.7h.1M10.2 10.2h.1M10.2 5.7h.1M5.7 10.2h.1",
  equals: "M3 6h10M3 10h10",
  more: "M3.5 8h.1M8 8h.1M12.4 8h.1",
  swap: "M2 5h10M9.5 2.5L12 5 9.5 7.5M14 11H4M6.5 8.5L4 11l2.5 2.5",
  up: "M4 10l4-4 4 4",
  reset: "M3 3v4h4M3.4 7A5 5 0 118 13",
  empty: "M8 3a5 5 0 110 10A5 5 0 018 3zM4.5 11.5l7-7",
  left: "M10 4L6 8l4 4",
  minus: "M3 8h10",
  grip: "M6 4h.1M10 4h.1M6 8h.1M10 8h.1M6 12h.1M10 12h.1",
  dot: "M8 5.5a2.5 2.5 0 110 5 2.5 2.5 0 010-5z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  const filled = name === "play" || name === "dot";
  return (
    <svg className="drawing" viewBox="0 0 16 16" width="16" height="16" aria-hidden fill={filled ? "currentColor" : "none"} stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
      <path d={PATHS[name]} />
    </svg>
  );
}
