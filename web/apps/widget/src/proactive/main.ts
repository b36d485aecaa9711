import { start } from "../loader/start.ts";
import { speak } from "./speak.ts";

// The server answers with this in place of the loader alone where a channel has triggers.
start(speak);
