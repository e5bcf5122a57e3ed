/** What the address asks for after its question mark; "" where it asks for nothing. */
import { useSyncExternalStore } from "react";

const subscribe = (listener) => {
  addEventListener("popstate", listener);
  return () => removeEventListener("popstate", listener);
};

/** The page is drawn ahead of time for every address, so that drawing asks for nothing. */
export const useQuery = (name) =>
  useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(location.search).get(name) ?? "",
    () => "",
  );
