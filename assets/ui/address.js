/** The address of the page, and who must know when it changes. */
import { useSyncExternalStore } from "react";

const listeners = new Set();
const tell = () => listeners.forEach((listener) => listener());

/** Hear of every change of the address; the answer stops it. */
export const onAddress = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

if (typeof window !== "undefined") {
  addEventListener("popstate", tell);
  // A browser tells of going back, but not of a link that was followed without loading.
  for (const name of ["pushState", "replaceState"]) {
    const plain = history[name];
    history[name] = (...values) => {
      plain.apply(history, values);
      tell();
    };
  }
}

/** What the address asks for after its question mark; "" where it asks for nothing. */
export const useQuery = (name) =>
  useSyncExternalStore(
    onAddress,
    () => new URLSearchParams(location.search).get(name) ?? "",
    // The page is drawn ahead of time for every address, so that drawing asks for nothing.
    () => "",
  );
