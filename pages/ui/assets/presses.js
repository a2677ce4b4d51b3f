// Whoever presses a button or a link means it. What comes meanwhile may move it from under the pointer before it is let go (a
// fold that is being opened, a run that takes in what was typed last, a page that has just come): then the browser tells of
// no click on it. Moving away takes a press back, as ever.
(() => {
  const PRESSED = "button, a[href], summary";
  const SAVES = "[class*='st-key-save-']";  // drawn anew meanwhile it is the same button still
  const AWAY = 10;  // pixels
  const pressedBy = (event) => event.composedPath()[0].closest?.(PRESSED);  // in a grid or a table of ours too: shadow roots
  const named = (place) => place.ariaLabel || place.textContent;
  let pressed = null;  // and not let go yet
  const released = new Set();  // and not clicked yet, as far as the browser has told

  // Where a component of ours is drawn anew meanwhile: its button that is called the same, where there is one alone.
  const anew = ({ within, name }) => {
    const hosts = document.querySelectorAll(`.${CSS.escape(within)} *`);
    const roots = [...hosts].flatMap((host) => host.shadowRoot ?? []);
    const same = roots.flatMap((root) => [...root.querySelectorAll(PRESSED)]).filter((place) => named(place) === name);
    return same.length === 1 ? same[0] : null;
  };

  document.addEventListener("pointerdown", (event) => {
    const { button, clientX, clientY } = event;
    const plain = !(button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const place = plain ? pressedBy(event) : null;
    const saves = place?.closest(SAVES);
    const key = saves && [...saves.classList].find((name) => name.startsWith("st-key-save-"));
    const around = place?.getRootNode().host?.closest("[class*='st-key-']");
    const within = around && [...around.classList].find((name) => name.startsWith("st-key-"));
    pressed = place && { place, key, within, name: named(place), clientX, clientY };
  }, true);
  window.addEventListener("click", (event) => {  // before leaving.js, which holds clicks back
    const place = pressedBy(event);
    const isOf = (press) => press?.place === place || (press?.key && place?.closest(`.${CSS.escape(press.key)}`));
    const clicked = [...released].find(isOf);  // the next may be pressed already, where much was waiting
    if (clicked) released.delete(clicked);
    else if (isOf(pressed)) pressed = null;
  }, true);
  document.addEventListener("pointerup", ({ clientX, clientY }) => {
    const meant = pressed;
    pressed = null;
    if (!meant || Math.hypot(clientX - meant.clientX, clientY - meant.clientY) > AWAY) return;
    released.add(meant);
    setTimeout(() => {  // a click, where one comes, comes at once
      if (!released.delete(meant)) return;
      if (meant.place.isConnected) meant.place.click();
      else if (meant.key) document.querySelector(`.${CSS.escape(meant.key)} button`)?.click();
      else if (meant.within) anew(meant)?.click();
    }, 50);
  }, true);
  // A finger that scrolls, or asks for the browser's own menu.
  ["pointercancel", "contextmenu"].forEach((kind) => {
    document.addEventListener(kind, () => {
      pressed = null;
      released.clear();
    }, true);
  });
})();
