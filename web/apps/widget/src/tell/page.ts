/**
 * A small window in which the browser is asked to allow notifications: a frame in somebody else's page may not ask, and a service
 * worker belongs to the origin that serves it. It looks as the chat that has opened it.
 */
import "./page.css";
import type { Language } from "../loader/texts.ts";
import type { Lender } from "./lender.ts";
import { subscribe } from "./subscribe.ts";
import { texts } from "./texts.ts";

type Chat = Window & Lender;

/** The chat; null when somebody else, or nobody, has opened this. */
function opener(): Chat | null {
  try {
    const chat = window.opener as Chat | null;
    return chat && "lend" in chat ? chat : null;
  } catch {
    return null; // another origin's
  }
}

const chat = opener();
const root = document.documentElement;
const theirs = chat?.document.documentElement ?? root;
root.style.cssText = theirs.style.cssText;
root.setAttribute("data-theme", theirs.getAttribute("data-theme") ?? "");
root.lang = theirs.lang;
root.dir = theirs.dir;
const language = root.lang as Language;
const text = texts[language];

const title = document.createElement("h1");
const said = document.createElement("p");
const button = document.createElement("button");

function show(what: "intro" | "done" | "denied" | "failed"): void {
  const ends = what === "done" || what === "failed";
  said.textContent = text[what];
  button.textContent = ends ? text.close : text.allow;
  button.disabled = false;
  button.onclick = ends ? () => window.close() : () => void allow();
}

async function allow(): Promise<void> {
  button.disabled = true;
  if ((await Notification.requestPermission()) !== "granted") return show("denied");
  try {
    if (!chat) throw new Error("no chat has opened this");
    const channel = new URLSearchParams(chat.location.search).get("channel") ?? "";
    chat.told(await subscribe(await chat.lend(), channel, language));
    show("done");
    setTimeout(() => window.close(), 2_500);
  } catch {
    show("failed");
  }
}

document.title = text.title;
title.textContent = text.title;
said.setAttribute("role", "status");
button.type = "button";
document.querySelector("main")?.append(title, said, button);
show(chat ? "intro" : "failed");
button.focus();
