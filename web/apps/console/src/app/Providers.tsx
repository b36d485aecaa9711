import { ApiError } from "@frontdesk/api";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { i18n as I18n } from "i18next";
import { type ReactNode, useState } from "react";
import { I18nextProvider } from "react-i18next";
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

export function Providers({ i18n, children }: { i18n: I18n; children: ReactNode }) {
  const [queries] = useState(createQueries);
  return (
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
        >
          <Notices />
          <Hints />
          {children}
        </MantineProvider>
      </QueryClientProvider>
    </I18nextProvider>
  );
}
