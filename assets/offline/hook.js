// Views as React hooks.
import { useSyncExternalStore } from "react";
import { subscribe, world } from "./context.js";

// A page shows the same object until something in it really changed.
export function viewOf(select, nothing) {
  let seen = null;
  let place = "";
  let last = nothing;
  let text = JSON.stringify(nothing);
  const current = () => {
    const now = world();
    if (now === seen && place === location.search) return last;
    [seen, place] = [now, location.search];
    const next = select(now);
    const written = JSON.stringify(next);
    if (written !== text) [last, text] = [next, written];
    return last;
  };
  return () => useSyncExternalStore(subscribe, current, () => nothing);
}
