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
  place: (position: number) => (position <= 1 ? "next in the queue" : `number ${position} in the queue`),
} as const;
