import { usePath, useRunView, useTab } from "../state/context";
import { isActive } from "../core/runs/view";
import { useForecasts } from "../state/explaining";
import { text } from "../text";

/** Whether a node would run now: why, in words, where it is pointed at, or where its card has the focus. */
export function ForecastMark({ node }: { node: string }) {
  const { id } = useTab();
  const path = usePath(node);
  const view = useRunView();
  const forecast = useForecasts(({ of }) => of[id]?.nodes[path]);
  const fresh = useForecasts(({ of }) => of[id]?.fresh ?? false);
  if (!forecast || (view && isActive(view.state))) return null;
  const { status, reason, seconds } = forecast;
  const why = text.running.because(text.running.forecast[status], reason);
  const told = seconds === null ? why : text.running.took(why, text.node.seconds(seconds));
  return <span className={`forecast ${status.replace(" ", "-")} ${fresh ? "" : "stale"}`} role="img" aria-label={told} data-why={told} />;
}
