import { useCallback, useEffect, useState } from "react";
import { listWorkflows, type WorkflowRecord } from "../../api/server";
import { report } from "../../state/commands/report";

/** What the server has saved, templates among it; null until it has told. */
export function useWorkflows(): { records: readonly WorkflowRecord[] | null; reload(): void } {
  const [records, setRecords] = useState<readonly WorkflowRecord[] | null>(null);
  const reload = useCallback(() => void listWorkflows().then(setRecords, report), []);
  useEffect(reload, [reload]);
  return { records, reload };
}
