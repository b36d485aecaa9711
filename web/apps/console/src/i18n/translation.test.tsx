import { act, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { addEnglish, changeLanguage, startI18n } from "./i18n.ts";
import { Translations, useTranslation } from "./translation.tsx";

function Said({ word }: { word: string }) {
  const { t, i18n } = useTranslation();
  return <p lang={i18n.language}>{t(word as "common.close")}</p>;
}

const said = () => screen.getByRole("paragraph").textContent;

it("draws what shows words again when the language changes", async () => {
  const i18n = await startI18n("en");
  render(
    <Translations i18n={i18n}>
      <Said word="common.close" />
    </Translations>,
  );
  expect(said()).toBe("Close");
  await act(() => changeLanguage(i18n, "zh-CN"));
  expect(said()).toBe("关闭");
  expect(screen.getByRole("paragraph").lang).toBe("zh-CN");
});

it("finds words that came with a later screen, also when they were asked for before", async () => {
  const i18n = await startI18n("en");
  const shown = () => (
    <Translations i18n={i18n}>
      <Said word="later.word" />
    </Translations>
  );
  const { rerender } = render(shown());
  expect(said()).toBe("later.word");
  addEnglish({ later: { word: "Here now" } });
  rerender(shown());
  expect(said()).toBe("Here now");
});
