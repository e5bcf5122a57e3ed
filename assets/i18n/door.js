/** The words of passwords, at the door and behind it; importing this brings them to the one store. */
import zh from "./door.zh-CN.json";
import { addCatalogue, useText } from "./store.js";

addCatalogue(zh, () => import("./door.en.json"));

export const useDoorText = useText;
