import type { Offer } from "@frontdesk/realtime";
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useConversationAction } from "../../shared/api/conversations.ts";
import { useNow } from "../../shared/live/clock.ts";
import { useLive } from "../../shared/live/connection.ts";
import { Face } from "../../shared/ui/Face.tsx";
import { useFailure } from "../../shared/ui/failure.ts";
import styles from "./inbox.module.css";

// Where a colleague asks; most offers come from the dispatcher.
const Reason = lazy(() => import("./Reason.tsx"));

function OfferCard({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const { snapshot, expires_at, reason, by, note } = offer;
  const action = useConversationAction(snapshot.id);
  const failure = useFailure();
  const navigate = useNavigate();
  const [why, setWhy] = useState("");
  const [first] = useState(() => Date.now());
  const left = Math.max(0, expires_at - useNow());
  const part = left / Math.max(1, expires_at - first);

  // The card goes with the offer, often before the answer has come: what follows does not hang on it.
  const decide = async (answer: "accept" | "decline") => {
    try {
      await action.mutateAsync(
        answer === "accept" ? { do: answer } : { do: answer, reason: why.trim() },
      );
      if (answer === "decline") return;
      await navigate({ to: "/inbox/$conversation", params: { conversation: snapshot.id } });
    } catch (error) {
      failure.show(error);
    }
  };

  return (
    <li className={styles.offer}>
      <div className={styles.offerHead}>
        <Face id={snapshot.contact.id} name={snapshot.contact.name} size={36} />
        <div className={styles.body}>
          <bdi className={styles.name}>{snapshot.contact.name}</bdi>
          <span className={styles.preview}>
            {by
              ? t(`asking.${reason === "join" ? reason : "transfer"}.title`, { name: by.name })
              : snapshot.last_message?.preview || t("inbox.offer.title")}
          </span>
        </div>
      </div>
      {by ? (
        <>
          {note ? <p className={styles.offerNote}>{note}</p> : null}
          <Suspense fallback={null}>
            <Reason value={why} change={setWhy} />
          </Suspense>
        </>
      ) : null}
      <div className={styles.offerBar} aria-hidden="true">
        <span style={{ width: `${part * 100}%` }} />
      </div>
      <div className={styles.offerEnd}>
        <span className={styles.offerLeft}>
          {t("inbox.offer.left", { seconds: Math.ceil(left / 1000) })}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          disabled={action.isPending}
          onClick={() => void decide("decline")}
        >
          {t("inbox.offer.decline")}
        </Button>
        <Button size="compact-sm" loading={action.isPending} onClick={() => void decide("accept")}>
          {t("inbox.offer.accept")}
        </Button>
      </div>
    </li>
  );
}

/** Conversations that wait for my yes or no; above everything else, because their time is running. */
export function Offers() {
  const { t } = useTranslation();
  const offers = useLive((state) => state.offers);
  const open = Object.values(offers).sort((a, b) => a.expires_at - b.expires_at);
  if (open.length === 0) return null;
  return (
    <section aria-label={t("inbox.offer.title")} aria-live="assertive">
      <ul className={styles.offers}>
        {open.map((offer) => (
          <OfferCard key={offer.snapshot.id} offer={offer} />
        ))}
      </ul>
    </section>
  );
}
