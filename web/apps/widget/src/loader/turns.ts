/** Calls whenever the page's address changes without a new document, until the signal ends it. */
export function onTurn(act: () => void, signal: AbortSignal): void {
  const { navigation = window } = window as { navigation?: EventTarget };
  for (const event of ["currententrychange", "popstate"]) {
    navigation.addEventListener(event, act, { signal });
  }
}
