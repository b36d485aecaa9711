import { ApiError } from "@frontdesk/api";
import { DirectionProvider, MantineProvider, useDirection } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { i18n as I18n } from "i18next";
import { type ReactNode, useEffect, useState } from "react";
import { directionOf } from "../i18n/languages.ts";
import { Translations, useTranslation } from "../i18n/translation.tsx";
import { Hints } from "./Hints.tsx";
import { Notices } from "./Notices.tsx";
import { cssVariables, theme } from "./theme.ts";

/** Trying again helps against a bad network, not against a refusal. */
function worthRetrying(failures: number, error: unknown): boolean {
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
  return !refused && failures < 2;
}

const createQueries = () =>
  new QueryClient({ defaultOptions: { queries: { retry: worthRetrying, staleTime: 30_000 } } });

/** Dialogs, menus and notices open from the side at which the language begins. */
function FollowDirection() {
  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  const direction = directionOf(i18n.language);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the library makes it anew each time
  useEffect(() => setDirection(direction), [direction]);
  return null;
}

export function Providers({ i18n, children }: { i18n: I18n; children: ReactNode }) {
  const [queries] = useState(createQueries);
  return (
    <Translations i18n={i18n}>
      <QueryClientProvider client={queries}>
        <DirectionProvider initialDirection={directionOf(i18n.language)} detectDirection={false}>
          <MantineProvider
            theme={theme}
            cssVariablesResolver={cssVariables}
            defaultColorScheme="auto"
          >
            <FollowDirection />
            <Notices />
            <Hints />
            {children}
          </MantineProvider>
        </DirectionProvider>
      </QueryClientProvider>
    </Translations>
  );
}
