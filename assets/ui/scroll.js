/** Brings a place of something wide into view once it is there; below zero there is no such place. */
import { useEffect, useLayoutEffect } from "react";

export function useScrolledTo(id, x) {
  useEffect(() => {
    const box = document.getElementById(id);
    if (box && x >= 0) box.scrollLeft = Math.max(0, x - box.clientWidth / 3);
  }, [id, x]);
  return String(x);
}

/** Puts one of a row that is pushed sideways in its middle, before it is painted; again when their count changes. */
export function useCentred(id, count) {
  useLayoutEffect(() => {
    const one = document.getElementById(id);
    const box = one?.closest("ul");
    if (!box) return;
    const [inner, outer] = [one.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }, [id, count]);
  return String(count);
}

/** Brings what was asked for into view, once each time that the count of answers grows. */
export function useBroughtUp(id, count) {
  useEffect(() => {
    if (count > 0) document.getElementById(id)?.scrollIntoView({ block: "start" });
  }, [id, count]);
  return String(count);
}
