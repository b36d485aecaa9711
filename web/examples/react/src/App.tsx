import { useEffect, useState } from "react";
import { useChat } from "./useChat.ts";

/** A shop with a chat: opened by its own button, signed in and out, taken out and put back. */
export function App() {
  const [wanted, setWanted] = useState(true);
  const [identity, setIdentity] = useState<string>();
  const [unread, setUnread] = useState(0);
  const chat = useChat(wanted, identity);

  useEffect(() => {
    chat?.desk.set({ cart: 3 });
    return chat?.desk.on("unread", setUnread);
  }, [chat]);

  /** Your back end signs who somebody is: docs/authorization.md, “Visitors whom you know”. */
  async function signIn() {
    const answer = await fetch("/identity");
    setIdentity(await answer.text());
  }

  async function signOut() {
    await chat?.desk.logout();
    setIdentity(undefined);
  }

  return (
    <main>
      <h1>Lantern Shop</h1>
      <p>Unread messages: {unread}</p>
      <button type="button" disabled={!chat} onClick={() => chat?.desk.open()}>
        Ask us
      </button>
      {identity ? (
        <button type="button" onClick={() => void signOut()}>
          Sign out
        </button>
      ) : (
        <button type="button" onClick={() => void signIn()}>
          Sign in
        </button>
      )}
      <button type="button" onClick={() => setWanted(!wanted)}>
        {wanted ? "Take the chat away" : "Put the chat back"}
      </button>
    </main>
  );
}
