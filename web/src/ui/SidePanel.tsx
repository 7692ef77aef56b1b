import * as Tabs from "@radix-ui/react-tabs";
import { type Side, usePage } from "../state/page";
import { text } from "../text";
import { GalleryPanel } from "./gallery/GalleryPanel";
import { MissingFiles } from "./MissingFiles";
import { ProblemList } from "./ProblemList";
import { QueuePanel } from "./queue/QueuePanel";
import { useMissingNotice } from "./useMissingNotice";
import { useProblems } from "./useProblems";

/** Beside the workflow: what was made, what waits, and what is wrong. */
export function SidePanel() {
  const side = usePage((state) => state.side);
  const setSide = usePage((state) => state.setSide);
  const count = useProblems().length;
  useMissingNotice();
  if (side === null) return null;
  return (
    <aside className="side" aria-label={text.panel.results}>
      <Tabs.Root value={side} onValueChange={(value) => setSide(value as Side)}>
        <Tabs.List className="side-tabs" aria-label={text.panel.results}>
          <Tabs.Trigger value="results">{text.panel.results}</Tabs.Trigger>
          <Tabs.Trigger value="queue">{text.panel.queue}</Tabs.Trigger>
          <Tabs.Trigger value="problems">
            {text.panel.problems}
            {count > 0 ? <span className="count">{count}</span> : null}
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="results">
          <GalleryPanel />
        </Tabs.Content>
        <Tabs.Content value="queue">
          <QueuePanel />
        </Tabs.Content>
        <Tabs.Content value="problems">
          <MissingFiles />
          <ProblemList />
        </Tabs.Content>
      </Tabs.Root>
    </aside>
  );
}
