import type { PushState } from "@frontdesk/api";
import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { askForNotifications, notifyThrough } from "../../shared/alerts/desktop.ts";
import {
  canPush,
  type Desk,
  onWord,
  readPush,
  switchOff,
  switchOn,
  worker,
} from "../../shared/push/push.ts";
import { http, useMe } from "../../shared/session/session.ts";
import { storage } from "../../shared/storage.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import own from "./account.module.css";

const patience = 15_000;
const desk: Desk = { http, storage };
const queryKey = ["push"];
type Tried = "trying" | "arrived" | "missing";

/** Whether the test has come all the way back to this browser. */
function useTrial() {
  const [tried, setTried] = useState<Tried | null>(null);
  useEffect(() => {
    if (tried !== "trying") return;
    const stop = onWord((word) => {
      if ("arrived" in word && word.arrived === "test") setTried("arrived");
    });
    const timer = setTimeout(() => setTried("missing"), patience);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [tried]);
  return [tried, setTried] as const;
}

/** Push on this device: on, off, with which words, and a test that takes the whole way. */
export function Push() {
  const { t, i18n } = useTranslation();
  const me = useMe().agent.id;
  const queries = useQueryClient();
  const failure = useFailure();
  const { data } = useQuery({ queryKey, queryFn: () => readPush(desk), enabled: canPush() });
  const [tried, setTried] = useTrial();
  const shown = (state: PushState) => queries.setQueryData(queryKey, state);
  const change = useMutation({
    mutationFn: async ({ on, words }: { on: boolean; words: boolean }) => {
      if (!data) return;
      if (!on) {
        await switchOff(desk);
        notifyThrough(null);
        shown({ ...data, subscribed: false, words: false, problem: null });
        return;
      }
      await askForNotifications();
      if (Notification.permission !== "granted") return;
      shown(await switchOn(desk, me, data.public_key, { language: i18n.language, words }));
      notifyThrough(await worker());
    },
    onError: (error) => failure.show(error),
    onSettled: () => setTried(null),
  });
  const test = async () => {
    setTried("trying");
    try {
      await http<null>("POST", "/v1/push/test");
    } catch (error) {
      setTried(null);
      failure.show(error);
    }
  };
  useEffect(() => {
    if (tried === "missing") void queries.invalidateQueries({ queryKey });
  }, [tried, queries]);
  const on = data?.subscribed ?? false;
  const state = () => {
    if (!canPush()) return t("push.unsupported");
    if (Notification.permission === "denied") return t("alerts.denied");
    if (!on) return t("push.off");
    if (tried === "missing") return t(`push.missing.${data?.problem ?? "unknown"}`);
    return t(tried ? `push.${tried}` : "push.on");
  };
  return (
    <li className={own.rule}>
      <span className={own.what}>
        <strong>{t("push.name")}</strong>
        <small role="status">{state()}</small>
        {on ? (
          <Checkbox
            mt={8}
            size="xs"
            label={t("push.words")}
            checked={data?.words ?? false}
            disabled={change.isPending}
            onChange={(event) => change.mutate({ on: true, words: event.currentTarget.checked })}
          />
        ) : null}
      </span>
      {on ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={tried === "trying"}
          onClick={() => void test()}
        >
          {t("push.try")}
        </Button>
      ) : null}
      {data && Notification.permission !== "denied" ? (
        <Button
          size="compact-sm"
          variant={on ? "subtle" : "default"}
          loading={change.isPending}
          onClick={() => change.mutate({ on: !on, words: false })}
        >
          {t(on ? "push.turnOff" : "push.turnOn")}
        </Button>
      ) : null}
    </li>
  );
}
