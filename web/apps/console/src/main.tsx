import "@mantine/core/styles.css";
import "./app/global.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Providers } from "./app/Providers.tsx";
import { router } from "./app/router.tsx";
import { rememberedLanguage, startI18n, tellPage } from "./i18n/i18n.ts";
import { resume } from "./shared/session/session.ts";
import { followContrast } from "./shared/ui/contrast.ts";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");

const language = rememberedLanguage();
void resume();
followContrast();
const i18n = await startI18n(language);
tellPage(language);
document.title = i18n.t("app.name");

createRoot(root).render(
  <StrictMode>
    <Providers i18n={i18n}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
