const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const ON_CLOCK = new Intl.DateTimeFormat("en", clock);
const ON_DAY = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", ...clock });
const ON_DATE = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });

/** When something was, as the server or the browser noted it. */
export const time = {
  clock: (at: number) => ON_CLOCK.format(at),
  /** Without the day, if that is today. */
  lately: (at: Date) => (at.toDateString() === new Date().toDateString() ? ON_CLOCK : ON_DAY).format(at),
  moment: (at: string | number) => ON_DATE.format(new Date(at)),
} as const;
