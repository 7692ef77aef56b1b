import "../../styles/menu.css";
import * as Menu from "@radix-ui/react-dropdown-menu";
import { archiveOf } from "../../api/running";
import type { Run } from "../../api/server";
import { left } from "../../core/runs/handedOut";
import { isActive } from "../../core/runs/view";
import { openRun } from "../../state/commands/documents";
import { deleteRuns, moveTo, showOnCanvas } from "../../state/commands/runList";
import { text } from "../../text";
import { Icon } from "../Icon";

const words = text.running.queue;

/** What else can be done with a run. */
export function RunMenu({ run }: { run: Run }) {
  const label = words.more(run.name || text.untitled);
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="icon" aria-label={label} title={label}>
        <Icon name="more" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          {run.state === "queued" ? <Menu.Item onSelect={() => void moveTo(run.id, 0)}>{text.panel.first}</Menu.Item> : null}
          <Menu.Item onSelect={() => void showOnCanvas(run.id)}>{words.show}</Menu.Item>
          <Menu.Item onSelect={() => void openRun(run.id)}>{text.panel.openWorkflow}</Menu.Item>
          <Menu.Item asChild>
            <a href={archiveOf(run.id)} download>
              {words.archive}
            </a>
          </Menu.Item>
          <Menu.Item disabled={isActive(run.state)} onSelect={() => void deleteRuns([run])}>
            {words.remove(left(run.artifacts).length)}
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
