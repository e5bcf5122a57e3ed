/** The address of the page, and who must know when it changes. */
import { useSyncExternalStore } from "react";
import { useLocation } from "react-router";

const listeners = new Set();
const tell = () => listeners.forEach((listener) => listener());

/** Hear of every change of the address; the answer stops it. */
export const onAddress = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The page is drawn ahead of time for every address, so that drawing asks for nothing. */
export const useQuery = (name) => {
  useLocation(); // links change the address without telling the window
  return useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(location.search).get(name) ?? "",
    // The page is drawn ahead of time for every address, so that drawing asks for nothing.
    () => "",
  );
};
