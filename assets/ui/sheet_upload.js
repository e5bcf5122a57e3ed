// Sends a workbook to be looked through and goes where it is seen what became of its rows.
import { chosen, send } from "./upload.js";

export { useUpload } from "./upload.js";

const place = () => document.getElementById("sheet-place")?.dataset ?? {};

/** A file was chosen or dropped: it goes up at once. */
export function bringSheet(value, event) {
  const file = chosen(value, event);
  if (!file) return;
  const { kind, site, plan } = place();
  const asked = new URLSearchParams({ kind, site, name: file.name });
  if (plan) asked.set("plan", plan);
  send(file, `/api/v1/sheets?${asked}`, ({ sheet_id }) => {
    const shown = new URLSearchParams({ site, kind, sheet: sheet_id });
    if (plan) shown.set("plan", plan);
    location.assign(`/sheets?${shown}`);
  });
}
