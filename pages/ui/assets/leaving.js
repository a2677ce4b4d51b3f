// A page is left when what was typed on it has been heard. The browser's own Back takes no field's focus, and a press or a
// tap on a link leaves a field and the page at once: Streamlit then forgets what was typed, or comes back to its page.
// Read before Streamlit's own script: of those who listen for Back, the first is asked first.
(() => {
  // Whatever holds what is typed: `send` sends what it has and tells whether there was any that the server may not have
  // heard, `waits` whether it knows that it has not.
  window.kdUnheard = new Set();
  const STEP = 50;
  const QUIET = 150;  // milliseconds since a run was seen, by which no other is on its way
  const UNSEEN = 1_500;  // without any run, as where the server had heard it before
  const LONGEST = 5_000;  // that a page waits to be left
  const app = () => document.querySelector("[data-testid=stApp]");
  const isIdle = () => app()?.dataset.testScriptState === "notRunning";

  let isLeaving = false;  // heard or not
  const leaveWhenHeard = (event, leave) => {
    const unheard = isLeaving ? [] : [...window.kdUnheard].filter((held) => held.send());
    if (!unheard.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    let [waited, quiet, enough] = [0, 0, UNSEEN];
    const runs = new MutationObserver(() => ([quiet, enough] = [0, QUIET]));
    runs.observe(app(), { attributeFilter: ["data-test-script-state"] });
    const look = () => {
      [waited, quiet] = [waited + STEP, isIdle() ? quiet + STEP : 0];
      const isHeard = quiet >= enough && !unheard.some((held) => held.waits());
      if (!isHeard && waited < LONGEST) return;
      clearInterval(looking);
      runs.disconnect();
      isLeaving = true;
      leave();
      isLeaving = false;
    };
    const looking = setInterval(look, STEP);
  };

  addEventListener("popstate", (event) => {
    const there = location.href;
    leaveWhenHeard(event, () => {
      if (location.href === there) dispatchEvent(new PopStateEvent("popstate", { state: event.state }));
      else history.back();  // the run that heard it has put its own address on top
    });
  }, true);

  addEventListener("click", (event) => {
    const link = event.composedPath().find((element) => element.matches?.("a[href]"));
    const aside = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const stays = link?.target === "_blank" || link?.hasAttribute("download") || link?.getAttribute("href").startsWith("#");
    if (!link || aside || stays) return;
    leaveWhenHeard(event, () => (link.isConnected ? link.click() : location.assign(link.href)));
  }, true);
})();
