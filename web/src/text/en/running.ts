/** Running, what would run, results, the queue and memory. */
export const running = {
  titles: {
    run: "Run",
    runSelected: "Run what leads to the selection",
    onChange: "Run whenever something changes",
    stop: "Stop the run",
    stopAll: "Stop all runs, also those that wait",
    pause: "Pause the queue",
    queue: "Show the queue",
  },
  more: "More ways to run",
  count: "How many runs",
  countHint: "How many runs to queue. Seeds move on for each; where all are fixed, each run has the next numbers.",
  partly: (accepted: number, count: number) => `${accepted} of ${count} runs are in the queue; the others were not accepted.`,
  onChange: "Runs on change",
  skipped: "skipped",
  wrong: (expected: string, got: string | null) => (got === null ? `Expected ${expected}.` : `Expected ${expected}, got ${got}.`),
  forecast: {
    "will run": "Will run",
    depends: "May run",
    cached: "Cached",
    "not needed": "Not needed",
  },
  because: (what: string, reason: string | null) => (reason === null ? what : `${what}: ${reason}`),
  took: (why: string, seconds: string) => `${why}. It took ${seconds} the last time.`,
  queue: {
    waiting: (count: number) => `Waiting: ${count}`,
    history: "History",
    older: "Older runs",
    isPaused: "The queue is paused: what waits doesn't begin.",
    stopAll: "Stop all",
    stopping: "stopping",
    move: (name: string, position: number, count: number) => `Move ${name}, number ${position} of ${count}`,
    moveHint: "Drag, or press the arrow keys, to change the order",
    isNow: (position: number, count: number) => `Now number ${position} of ${count}.`,
    show: "Show this run on the canvas",
    more: (name: string) => `More for ${name}`,
    archive: "Download as zip",
    remove: (pictures: number) => (pictures === 0 ? "Delete" : pictures === 1 ? "Delete with its picture" : `Delete with its ${pictures} pictures`),
    at: (time: Date) =>
      time.toDateString() === new Date().toDateString()
        ? time.toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", hour12: false })
        : time.toLocaleString("en", { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false }),
    cutOff: (times: number) => (times === 1 ? "was cut off and begun again" : `was cut off ${times} times`),
    clear: "Clear finished",
    clearHint: (runs: number, pictures: number) =>
      `${runs === 1 ? "One run has" : `${runs} runs have`} ended, with ${pictures === 1 ? "one picture" : `${pictures} pictures`}. What is deleted can't be brought back.`,
    clearBare: (count: number) => `Delete ${count} without pictures`,
    clearAll: (count: number) => `Delete all ${count}`,
  },
  place: (position: number) => (position <= 1 ? "next in the queue" : `number ${position} in the queue`),
} as const;
