import { useCallback, useEffect, useState } from "react";
import { listWorkflows, type WorkflowRecord } from "../../api/server";
import { report } from "../../state/commands/report";
import { usePage } from "../../state/page";
import { useRuns } from "../../state/runs";

/** What the server has saved, templates among it; null until it has told. Asked again once it can be reached, or lets us in. */
export function useWorkflows(): { records: readonly WorkflowRecord[] | null; reload(): void } {
  const [records, setRecords] = useState<readonly WorkflowRecord[] | null>(null);
  const reload = useCallback(() => void listWorkflows().then(setRecords, report), []);
  const shut = usePage((state) => state.needsToken);
  const lost = useRuns((state) => state.connected === false);
  useEffect(() => {
    if (!shut && !lost) reload();
  }, [reload, shut, lost]);
  return { records, reload };
}
